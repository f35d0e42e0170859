#!/usr/bin/env bash
# Removes what a killed test run or quickstart left behind: processes, mounts, zpools, loop devices, directories.
#   remove-leftovers.sh [--quiet] DIRECTORY…   everything that lives in or works on these directories
#   remove-leftovers.sh [--quiet] --tests      the directories of test runs that are over
# Touches nothing else, and no directory that is still mounted on.
set -uo pipefail

PREFIX=/var/tmp/opendvp-test-
# A directory of tests without its owner's process id in its name is given up after this long.
ABANDONED_MINUTES=60

quiet=false
# What is done; what could not be done is always told.
say() { "$quiet" || complain "$*"; }
complain() { echo "clean-up: $*" >&2; }

# Prints the test directories whose run is over: opendvp-test-<pid of the run>-…
test_directories() {
  local directory pid
  for directory in "$PREFIX"*; do
    [ -d "$directory" ] || continue
    pid=${directory#"$PREFIX"}
    pid=${pid%%-*}
    if [[ "$pid" =~ ^[0-9]+$ ]]; then
      [ -d "/proc/$pid" ] || echo "$directory"
    elif [ -n "$(find "$directory" -maxdepth 0 -mmin "+$ABANDONED_MINUTES")" ]; then
      echo "$directory"
    fi
  done
}

# Prints a process and those above it.
family_of() {
  local pid=$1
  while [ "$pid" -gt 1 ]; do
    echo "$pid"
    pid=$(awk '/^PPid:/ { print $2 }' "/proc/$pid/status")
  done
}

# Prints the processes whose arguments, environment or working directory name the directory,
# but not this script, whoever called it, or what it searches with.
processes_of() {
  local directory=$1 pattern own found pid
  pattern=$(sed 's/[][\.*^$+?(){}|]/\\&/g' <<<"$directory")
  own=$(family_of "$BASHPID")
  found=$(
    grep -lzsE "(^|[=:])$pattern(/|\$)" /proc/[0-9]*/cmdline /proc/[0-9]*/environ
    find /proc/[0-9]*/cwd -maxdepth 0 \( -lname "$directory" -o -lname "$directory/*" \) 2>/dev/null
  )
  cut -d/ -f3 <<<"$found" | sort -u | grep -vxF "$own" | while read -r pid; do
    if [ -n "$pid" ] && [ -d "/proc/$pid" ]; then echo "$pid"; fi
  done
}

end_processes() {
  local directory=$1 signal pids
  for signal in TERM KILL; do
    mapfile -t pids < <(processes_of "$directory")
    [ "${#pids[@]}" -eq 0 ] && return
    say "ending with SIG$signal what works on $directory: ${pids[*]}"
    kill "-$signal" "${pids[@]}" 2>/dev/null
    for _ in 1 2 3 4 5 6 7 8 9 10; do
      sleep 0.3
      [ -z "$(processes_of "$directory")" ] && return
    done
  done
}

mounts_under() {
  awk -v at="$1" '{ gsub(/\\040/, " ", $5) } $5 == at || index($5, at "/") == 1 { print $5 }' /proc/self/mountinfo | tac
}

unmount_all() {
  local mount
  mounts_under "$1" | while IFS= read -r mount; do
    say "unmounting $mount"
    umount "$mount" 2>/dev/null || umount --lazy "$mount"
  done
}

# Tests name their zpools after their directory. Where that was the last one, the zfs-fuse that tests have started goes too.
ZFS_FUSE_PID=/var/tmp/opendvp-zfs-fuse.pid
ZFS_LOCK=/var/tmp/opendvp-zfs-fuse.lock

destroy_zpools() {
  local directory=$1 pool pid
  [[ "$directory" == "$PREFIX"* ]] && command -v zpool >/dev/null || return 0
  exec {lock}>"$ZFS_LOCK"
  flock "$lock"
  zpool list -H -o name 2>/dev/null | while read -r pool; do
    [[ "$pool" == "$(basename "$directory")"* ]] || continue
    say "destroying the zpool $pool"
    for _ in 1 2 3 4 5 6 7 8 9 10; do zpool destroy -f "$pool" 2>/dev/null && break; sleep 0.3; done
  done
  if [ -s "$ZFS_FUSE_PID" ] && zpool list >/dev/null 2>&1 && [ -z "$(zpool list -H -o name)" ]; then
    pid=$(cat "$ZFS_FUSE_PID")
    if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = zfs-fuse ]; then
      say "ending zfs-fuse ($pid)"
      kill "$pid"
    fi
    rm -f "$ZFS_FUSE_PID"
  fi
  exec {lock}>&-
}

detach_loops() {
  local directory=$1 device file
  command -v losetup >/dev/null || return 0
  losetup --list --noheadings --output NAME,BACK-FILE 2>/dev/null | while read -r device file; do
    if [[ "$file" == "$directory"/* ]]; then
      say "detaching $device from $file"
      losetup --detach "$device"
    fi
  done
}

remove_directory() {
  local directory=$1
  [ -e "$directory" ] || return 0
  if [ -n "$(mounts_under "$directory")" ]; then
    complain "$directory is left: something in it is still mounted"
    return 1
  fi
  # Snapshots made by copying are read-only, which stops a user who is not root.
  chmod -R u+rwX "$directory" 2>/dev/null
  rm -rf --one-file-system "$directory"
}

clean() {
  local directory
  directory=$(realpath --no-symlinks "$1")
  case "$directory" in
    / | /var | /var/tmp | /tmp | /home | /root | /usr | /usr/*) complain "refusing to clean $directory"; return 1 ;;
  esac
  end_processes "$directory"
  destroy_zpools "$directory"
  unmount_all "$directory"
  detach_loops "$directory"
  remove_directory "$directory"
}

status=0
if [ "${1:-}" = --quiet ]; then
  quiet=true
  shift
fi
if [ "${1:-}" = --tests ]; then
  mapfile -t directories < <(test_directories)
else
  directories=("$@")
fi
for directory in "${directories[@]}"; do
  clean "$directory" || status=1
done
exit "$status"
