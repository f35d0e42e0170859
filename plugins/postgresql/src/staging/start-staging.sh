# Starts the receiver of WAL. Before the first base backup there is nothing to start.
set -uo pipefail
if [ -s "$MOUNT/verified" ]; then
  check_installation
  start_receiver
fi
