# Ends the receiver, gives back the slot, and removes what lies outside of the dataset. The source may be out of reach for good.
set -uo pipefail
stop_server
stop_receiver
# A dataset that is not mounted does not tell whether it has a slot.
if [ -e "$MOUNT/slot" ] || [ ! -d "$DATA" ]; then remove_slot; fi
rm -rf -- "${PASSFILE%/*}"
