# Brings the staging copy to the state that the source has now: waits for its WAL, and replays it up to exactly there.
set -uo pipefail
[ -s "$MOUNT/verified" ] || fail "needs-resync"
check_installation
read_control
system=$(control "Database system identifier")
timeline=$(control "Latest checkpoint's TimeLineID")
segment_bytes=$(control "Bytes per WAL segment")
verified=$(<"$MOUNT/verified")

identity=$(source_replication IDENTIFY_SYSTEM) || fail "source-unreachable"
[ "$(cut -f1 <<<"$identity")" = "$system" ] || fail "source-is-another"
[ "$(cut -f2 <<<"$identity")" = "$timeline" ] || fail "source-has-new-timeline"

# A record of our own marks the moment. What was committed before lies before it; its commit lies behind it and is on the disk.
marks=$(
  source_sql <<'SQL'
set synchronous_commit = local;
select case when pg_is_in_recovery() then 'standby' else pg_logical_emit_message(true, 'opendvp', 'sync')::text end;
select pg_current_wal_flush_lsn();
SQL
) || { [[ "$marks" == standby* ]] && fail "source-is-standby"; fail "source-unreachable"; }
target=${marks%%$'\n'*}
flushed=${marks##*$'\n'}
# Not every user may see them; copies then have PostgreSQL's defaults.
if settings=$(source_sql <<<"$SETTINGS_QUERY"); then
  printf '%s\n' "$settings" >"$DATA/opendvp.source.conf" || fail "not-writable $MOUNT"
fi

# One that waits to try again is made to try now. It holds to a slot, or to none, from its start on.
receiver_is_well && slot_is_as_wanted || stop_receiver
start_receiver

collect_segments() {
  if compgen -G "$1/????????????????????????" >/dev/null; then
    ln -f -t "$MOUNT/replay" -- "$1"/???????????????????????? || fail "not-writable $MOUNT"
  fi
}

# All WAL there is, under the names that PostgreSQL knows. Links: nothing is copied. The segment being received comes before those
# that have been: when it is completed meanwhile, it is among them, and none is missed.
collect_wal() {
  rm -rf -- "$MOUNT/replay"
  mkdir -- "$MOUNT/replay" || fail "not-writable $MOUNT"
  local file name
  collect_segments "$DATA/pg_wal"
  for file in "$WAL"/*.partial; do
    name=${file##*/}
    [ ! -f "$file" ] || ln -f -- "$file" "$MOUNT/replay/${name%.partial}" || [ ! -e "$file" ] || fail "not-writable $MOUNT"
  done
  collect_segments "$WAL"
}

received() { "$BIN/pg_waldump" -q -p "$MOUNT/replay" -t "$timeline" -s "$target" -e "$flushed" >/dev/null 2>&1; }

# However much has to arrive: only where nothing does for $PATIENCE seconds, the wait is over.
wait_for_wal() {
  local since=$SECONDS newest= seen
  while collect_wal; ! received; do
    seen=$(stat -c '%n %s %y' -- "$WAL"/*.partial 2>/dev/null)
    if [ "$seen" != "$newest" ]; then newest=$seen since=$SECONDS; fi
    if ! receiver_runs || ! receiver_is_well || ((SECONDS - since > PATIENCE)); then tell_receiver_failure; fi
    pause 0.03
  done
}

# Takes away what lies behind position $2 from the WAL in directory $1. Sets $segment_name to the segment of that position.
cut_wal() {
  local high=${2%/*} low=${2#*/} position segment per_file file
  position=$(((16#$high << 32) + 16#$low))
  segment=$((position / segment_bytes))
  per_file=$((0x100000000 / segment_bytes))
  segment_name=$(printf '%08X%08X%08X' "$timeline" "$((segment / per_file))" "$((segment % per_file))")
  for file in "$1"/????????????????????????; do
    if [[ "${file##*/}" > "$segment_name" ]] || { [ "${file##*/}" = "$segment_name" ] && ((position % segment_bytes == 0)); }; then
      rm -f -- "$file"
    fi
  done
  file=$1/$segment_name
  if [ -f "$file" ]; then
    cp --reflink=auto -- "$file" "$file.cut" && truncate -s "$((position % segment_bytes))" "$file.cut" &&
      truncate -s "$segment_bytes" "$file.cut" && mv -- "$file.cut" "$file" || fail "not-writable $MOUNT"
  fi
}

# The server replays and ends by itself; nobody can connect to it, and its socket lies in its own directory.
replay() {
  {
    printf "restore_command = 'cp --reflink=auto ../replay/%%f \"%%p\"'\n"
    printf "recovery_target_lsn = '%s'\nrecovery_target_inclusive = off\nrecovery_target_action = shutdown\n" "$target"
    printf "recovery_target_timeline = current\nhot_standby = off\nlisten_addresses = ''\nunix_socket_directories = '.'\n"
    printf "archive_mode = off\nwal_recycle = off\nwal_init_zero = off\nlc_messages = C\nmax_wal_size = 4GB\n"
    printf "max_prepared_transactions = %d\n" "$(($(control "max_prepared_xacts setting") + 100))"
  } >"$DATA/postgresql.conf" || fail "not-writable $MOUNT"
  printf 'local all all reject\n' >"$DATA/pg_hba.conf"
  : >"$DATA/pg_ident.conf"
  : >"$DATA/recovery.signal"
  forget_server
  "$BIN/postgres" -D "$DATA" -c opendvp.dataset=staging </dev/null >"$LOG" 2>&1
  if ! grep -q "shutdown at recovery target" "$LOG"; then
    tail -n 30 "$LOG" >&2
    fail "not-replayed"
  fi
}

wait_for_wal
# What lies behind $flushed has not been looked at, and must not be replayed.
cut_wal "$MOUNT/replay" "$flushed"
created=$(tablespaces_created "$MOUNT/replay" "$timeline" "$verified" "$flushed") || exit 1
[ -z "$created" ] || fail "tablespace-created $created"
replay
# Whoever recovers a snapshot of this replays all the WAL in it: no more than what was replayed here.
cut_wal "$DATA/pg_wal" "$target"
# This one is a record's end, which $flushed need not be.
printf '%s\n' "$target" >"$MOUNT/verified.new" && mv -- "$MOUNT/verified.new" "$MOUNT/verified" || fail "not-writable $MOUNT"
rm -rf -- "$MOUNT/replay"
for file in "$WAL"/????????????????????????; do
  if [[ "${file##*/}" < "$segment_name" ]]; then rm -f -- "$file"; fi
done
