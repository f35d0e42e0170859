# Starts the keeper of $DATASET unless it runs, and waits until it does.
#
# It holds a lock on keeper.pid for as long as it lives, and nothing else does. The kernel takes the lock away with the
# process, so that it tells the truth where a process id would not: after a crash, after a reboot, and in a clone, whose
# keeper.pid was written by the keeper of another dataset.

keep() {
  exec 9>>keeper.pid
  flock --nonblock 9 || exit 1
  echo "$BASHPID" >keeper.pid
  # Waiting on a pipe that nobody writes to takes no process of its own: the keeper is one process, and ends at once.
  exec {never}<> <(:)
  while :; do
    printf '%(%FT%T%z)T\n' -1 >keeper.heartbeat
    read -r -t 1 -u "$never"
  done
}

runs() { [ -s keeper.pid ] && (exec 9<keeper.pid && ! flock --shared --nonblock 9); }

cd -- "$DATASET" || exit 1
runs && exit 0
# What a clone inherits is the process id of another keeper.
: >keeper.pid || exit 1

mkdir -p -- "${LOG%/*}" 2>/dev/null
{ : >>"$LOG"; } 2>/dev/null || LOG=/dev/null
keep </dev/null >>"$LOG" 2>&1 &

for _ in {1..100}; do
  runs && exit 0
  sleep 0.05
done
echo "It has not come up within 5 seconds. Its log is $LOG." >&2
exit 1
