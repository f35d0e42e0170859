# Ends the receiver, gives back the slot, and removes what lies outside of the dataset. The source may be out of reach for good.
set -uo pipefail
stop_server
stop_receiver
if [ -n "$SLOT" ]; then
  PGCONNECT_TIMEOUT=5 source_replication "DROP_REPLICATION_SLOT $SLOT WAIT" >/dev/null || echo "The slot $SLOT stays on the source." >&2
fi
rm -rf -- "${PASSFILE%/*}"
