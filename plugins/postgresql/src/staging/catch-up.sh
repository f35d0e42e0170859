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

# One that waits to try again is made to try now.
receiver_is_well || stop_receiver
start_receiver

# All WAL there is, under the names that PostgreSQL knows. Links: nothing is copied.
collect_wal() {
  rm -rf -- "$MOUNT/replay"
  mkdir -- "$MOUNT/replay" || fail "not-writable $MOUNT"
  local file name
  for file in "$DATA"/pg_wal/???????????????????????? "$WAL"/???????????????????????? "$WAL"/*.partial; do
    [ -f "$file" ] || continue
    name=${file##*/}
    ln -f -- "$file" "$MOUNT/replay/${name%.partial}"
  done
}

received() { "$BIN/pg_waldump" -q -p "$MOUNT/replay" -t "$timeline" -s "$target" -e "$flushed" >/dev/null 2>&1; }

wait_for_wal() {
  local since=$SECONDS
  while collect_wal && ! received; do
    if ! receiver_runs || ! receiver_is_well || ((SECONDS - since > 120)); then tell_receiver_failure; fi
    pause 0.03
  done
}

# Takes away what lies behind $flushed: it has not been looked at, and must not be replayed.
cut_wal() {
  local high=${flushed%/*} low=${flushed#*/} position segment per_file name file
  position=$(((16#$high << 32) + 16#$low))
  segment=$((position / segment_bytes))
  per_file=$((0x100000000 / segment_bytes))
  name=$(printf '%08X%08X%08X' "$timeline" "$((segment / per_file))" "$((segment % per_file))")
  for file in "$MOUNT"/replay/*; do
    if [[ "${file##*/}" > "$name" ]] || { [ "${file##*/}" = "$name" ] && ((position % segment_bytes == 0)); }; then rm -- "$file"; fi
  done
  if [ -f "$MOUNT/replay/$name" ]; then
    cp --reflink=auto -- "$MOUNT/replay/$name" "$MOUNT/replay/cut" &&
      truncate -s "$((position % segment_bytes))" "$MOUNT/replay/cut" && truncate -s "$segment_bytes" "$MOUNT/replay/cut" &&
      mv -- "$MOUNT/replay/cut" "$MOUNT/replay/$name" || fail "not-writable $MOUNT"
  fi
  keep_from=$name
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
  rm -f -- "$DATA/postmaster.pid"
  "$BIN/postgres" -D "$DATA" </dev/null >"$LOG" 2>&1
  if ! grep -q "shutdown at recovery target" "$LOG"; then
    tail -n 30 "$LOG" >&2
    fail "not-replayed"
  fi
}

wait_for_wal
cut_wal
created=$(tablespaces_created "$MOUNT/replay" "$timeline" "$verified" "$flushed") || exit 1
[ -z "$created" ] || fail "tablespace-created $created"
replay
printf '%s\n' "$flushed" >"$MOUNT/verified.new" && mv -- "$MOUNT/verified.new" "$MOUNT/verified" || fail "not-writable $MOUNT"
rm -rf -- "$MOUNT/replay"
for file in "$WAL"/????????????????????????; do
  if [[ "${file##*/}" < "$keep_from" ]]; then rm -f -- "$file"; fi
done
