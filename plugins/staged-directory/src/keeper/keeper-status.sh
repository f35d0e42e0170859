# Succeeds if the keeper of $DATASET runs, that is, if its lock is held; see start-keeper.sh.

cd -- "$DATASET" 2>/dev/null && [ -s keeper.pid ] && exec 9<keeper.pid && ! flock --shared --nonblock 9
