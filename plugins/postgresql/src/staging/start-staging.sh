# Starts the receiver of WAL. Before the first base backup there is nothing to start.
set -uo pipefail
if [ -s "$MOUNT/verified" ]; then
  check_installation
  if [ -n "$SLOT" ]; then source_replication "CREATE_REPLICATION_SLOT $SLOT PHYSICAL RESERVE_WAL" >/dev/null 2>&1; fi
  start_receiver
fi
