# Ends the receiver, gives back the slot, and removes what lies outside of the dataset. The source may be out of reach for good.
set -uo pipefail
stop_server
stop_receiver
give_back_slot
rm -rf -- "${PASSFILE%/*}"
