# Ends the keeper of $DATASET if it runs, and waits until it is gone. What holds the lock is the keeper; see start-keeper.sh.

cd -- "$DATASET" 2>/dev/null || exit 0
[ -e keeper.pid ] || exit 0
exec 9<keeper.pid || exit 1
flock --shared --nonblock 9 && exit 0

pid=$(<keeper.pid)
kill -s TERM "$pid"
flock --shared --wait 5 9 || kill -s KILL "$pid"
flock --shared --wait 5 9 || exit 1
# A process lets go of its directory a moment after its locks.
while [ -e "/proc/$pid/cwd" ]; do sleep 0.01; done
