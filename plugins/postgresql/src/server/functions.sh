# What the scripts of this plugin share. $BIN holds PostgreSQL's programs, $MOUNT is where the dataset lies.
export LC_ALL=C
DATA=$MOUNT/data
WAL=$MOUNT/wal
RUN=$MOUNT/run
LOG=$MOUNT/server.log

# Ends with a word that explain-failure.ts turns into a sentence.
fail() {
  printf 'opendvp: %s\n' "$*" >&2
  exit 1
}

# bash waits on a pipe that nobody writes to: that takes no process of its own.
exec {never}<> <(:)
pause() { read -r -t "$1" -u "$never" || true; }

# Whether the process named in the first line of file $1 works in directory $2. A number alone is wrong after a crash, and in every clone.
runs() {
  local pid=
  { read -r pid <"$1"; } 2>/dev/null
  [ -n "$pid" ] && [ "/proc/$pid/cwd" -ef "$2" ]
}

# Whether process $1 is over. One that has let go of its directory may still hold files for a moment, and with them the mount.
is_over() {
  local state=
  { read -r _ _ state _ <"/proc/$1/stat"; } 2>/dev/null
  [[ -z "$state" || "$state" == [ZX] ]]
}

# Waits up to $2 turns of 5 ms until process $1 is over.
wait_until_over() {
  local turn
  for ((turn = 0; turn < $2; turn++)); do
    if is_over "$1"; then return; fi
    pause 0.005
  done
}

# Ends what $1 says is running, whose process is in the file $2: by the signals from $4 on, waiting $3 turns of 5 ms after each.
end_politely() {
  local is_running=$1 pid_file=$2 turns=$3 pid signal
  for signal in "${@:4}"; do
    "$is_running" || return 0
    read -r pid <"$pid_file"
    kill -s "$signal" "$pid" 2>/dev/null
    wait_until_over "$pid" "$turns"
  done
  if "$is_running"; then fail "does-not-stop"; fi
}

server_runs() { runs "$DATA/postmaster.pid" "$DATA"; }

# Takes away the file of a server that is over. It is PostgreSQL's guard against backends that outlive their server and still
# write, so those end first.
forget_server() {
  if [ ! -e "$DATA/postmaster.pid" ]; then return; fi
  local process name
  for process in /proc/[0-9]*; do
    [ "$process/cwd" -ef "$DATA" ] || continue
    name=
    { read -r name <"$process/comm"; } 2>/dev/null
    if [ "$name" != postgres ]; then continue; fi
    kill -s KILL "${process#/proc/}" 2>/dev/null
    wait_until_over "${process#/proc/}" 2000
    is_over "${process#/proc/}" || fail "does-not-stop"
  done
  rm -f -- "$DATA/postmaster.pid"
}

# The installation must be there, and of the major version that wrote the data.
check_installation() {
  [ -x "$BIN/postgres" ] || fail "installation-missing $BIN"
  [ "$EUID" -ne 0 ] || fail "user-is-root"
  local written found
  { read -r written <"$DATA/PG_VERSION"; } 2>/dev/null || fail "data-missing $DATA"
  found=$("$BIN/postgres" --version) || fail "installation-missing $BIN"
  [[ "$found" =~ \ ([0-9]+) ]]
  [ "${BASH_REMATCH[1]}" = "$written" ] || fail "version-differs $written ${BASH_REMATCH[1]}"
}

# Prints a value of pg_controldata by its label.
control() { sed -n "s/^$1: *//p" <<<"$control_data"; }
read_control() { control_data=$("$BIN/pg_controldata" -D "$DATA") || fail "control-unreadable"; }

# Starts the server, which does not run, with the given options, and waits until it takes connections. pg_ctl looks ten times a second, this 200 times.
start_server() {
  forget_server
  : >"$LOG" || fail "not-writable $MOUNT"
  setsid "$BIN/postgres" -D "$DATA" "$@" </dev/null >>"$LOG" 2>&1 {never}>&- &
  local pid=$! lines
  while kill -0 "$pid" 2>/dev/null; do
    lines=()
    { mapfile -t lines <"$DATA/postmaster.pid"; } 2>/dev/null
    if [[ "${lines[0]:-}" == "$pid" && "${lines[7]:-}" == ready* ]]; then return; fi
    pause 0.005
  done
  tail -n 30 -- "$LOG" >&2
  fail "does-not-start"
}

# Ends the server if it runs: politely, then at once; what it has committed is safe either way.
stop_server() {
  end_politely server_runs "$DATA/postmaster.pid" 12000 INT QUIT
  forget_server
}

# Runs SQL of stdin in this dataset's own server, as its superuser.
own_sql() { "$BIN/psql" -XAtq -v ON_ERROR_STOP=1 -h "$RUN" -p "$PORT" -U "$SUPERUSER" -d "$1"; }

# Points the links of tablespaces at this place; $1 is called for one that lies outside of the dataset.
relink_tablespaces() {
  local link target
  for link in "$DATA"/pg_tblspc/*; do
    [ -L "$link" ] || continue
    target=$(readlink -- "$link")
    if [[ "$target" == */tablespaces/* && -d "$MOUNT/tablespaces/${target##*/tablespaces/}" ]]; then
      [ "$target" = "$MOUNT/tablespaces/${target##*/tablespaces/}" ] || ln -sfn -- "$MOUNT/tablespaces/${target##*/tablespaces/}" "$link"
    else
      "$1" "$target"
    fi
  done
}

# Prints the place of each tablespace whose creation is in the WAL of directory $1 on timeline $2, from $3 to $4 (default: its end).
tablespaces_created() {
  local output status=0
  output=$("$BIN/pg_waldump" -p "$1" -t "$2" -s "$3" ${4:+-e "$4"} -r Tablespace 2>&1) || status=$?
  # Without an end it always ends at a record that is none.
  if [ "$status" -ne 0 ] && [ -n "${4:-}" ]; then
    printf '%s\n' "$output" >&2
    fail "wal-unreadable"
  fi
  sed -n 's/.*desc: CREATE [0-9]* "\(.*\)".*/\1/p' <<<"$output"
}

# Brings a directory's data to the disk, whatever wrote it.
flush() { sync --file-system -- "$1" 2>/dev/null || sync; }
