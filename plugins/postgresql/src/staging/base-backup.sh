# Makes the staging copy anew by a base backup of the source.
set -uo pipefail
check_source() {
  [ -x "$BIN/pg_basebackup" ] && [ -x "$BIN/pg_receivewal" ] && [ -x "$BIN/pg_waldump" ] || fail "installation-missing $BIN"
  [ "$EUID" -ne 0 ] || fail "user-is-root"
  local source recovers own
  # By SQL: servers before version 10 understand no SHOW in the replication protocol.
  IFS=$'\t' read -r source recovers < <(source_sql <<<"select current_setting('server_version_num'), pg_is_in_recovery()")
  [ -n "$source" ] || fail "source-unreachable"
  own=$("$BIN/postgres" --version)
  [[ "$own" =~ \ ([0-9]+) ]]
  [ "$((source / 10000))" -ge 13 ] || fail "version-unsupported $((source / 10000))"
  [ "$((source / 10000))" = "${BASH_REMATCH[1]}" ] || fail "version-differs $((source / 10000)) ${BASH_REMATCH[1]}"
  [ "$recovers" != t ] || fail "source-is-standby"
  source_replication IDENTIFY_SYSTEM >/dev/null || fail "source-unreachable"
}

# A backslash keeps pg_basebackup from taking a sign for the one between old and new place.
escaped() { printf '%s' "${1//=/\\=}"; }

outside() { fail "tablespace-not-mapped $1"; }

check_source
key_files=$(source_sql <<<"$KEY_FILES_QUERY") || fail "source-unreachable"
tablespaces=$(source_sql <<<"select oid, pg_tablespace_location(oid) from pg_tablespace where pg_tablespace_location(oid) like '/%'") ||
  fail "source-unreachable"

stop_receiver
rm -rf -- "$MOUNT"/verified "$DATA" "$WAL" "$MOUNT"/replay "$MOUNT"/tablespaces "$MOUNT"/*.log || fail "not-writable $MOUNT"
mkdir -- "$WAL" "$MOUNT/tablespaces" || fail "not-writable $MOUNT"

mapping=()
while IFS=$'\t' read -r oid location; do
  if [ -n "$oid" ]; then mapping+=(--tablespace-mapping="$(escaped "$location")=$(escaped "$MOUNT/tablespaces/$oid")"); fi
done <<<"$tablespaces"
give_back_slot
if [ -n "$USE_SLOT" ]; then
  : >"$MOUNT/slot"
  mapping+=(--create-slot --slot="$SLOT")
fi
# What it writes is flushed once, below, instead of file by file.
"$BIN/pg_basebackup" -D "$DATA" -d "$CONNINFO application_name=opendvp" --wal-method=stream --checkpoint=fast \
  --no-sync --no-manifest ${mapping[@]+"${mapping[@]}"} >&2 || fail "backup-failed"
relink_tablespaces outside

# The source's own settings, keys and logs are no part of its data.
echo "# Settings made with ALTER SYSTEM." >"$DATA/postgresql.auto.conf"
rm -rf -- "$DATA"/{server.key,server.crt,root.crt,root.crl,log,pg_log,postmaster.opts}
while read -r file; do
  if [[ -n "$file" && "/$file/" != */../* && "/$file/" != */./* ]]; then rm -rf -- "$DATA/$file"; fi
done <<<"$key_files"

# The receiver goes on with the segment in which the backup ended.
segments=("$DATA"/pg_wal/????????????????????????)
last=${segments[-1]##*/}
cp --reflink=auto -- "$DATA/pg_wal/$last" "$WAL/$last.partial" || fail "not-writable $WAL"
flush "$MOUNT"
sed -n 's/^START WAL LOCATION: \([0-9A-F/]*\) .*/\1/p' "$DATA/backup_label" >"$MOUNT/verified"
[ -s "$MOUNT/verified" ] || fail "backup-failed"
start_receiver
