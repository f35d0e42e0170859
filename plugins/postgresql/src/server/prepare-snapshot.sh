# Makes a clone ready to be copied: recovers it once and stops it cleanly, so that each copy starts at once. Prints the name of its
# superuser and where its WAL ends. $FORGET matches the settings that belong to one place only.
set -uo pipefail
check_installation
rm -rf -- "$MOUNT"/{wal,replay,run,verified,slot,receiver.log}
rm -f -- "$DATA"/{postmaster.pid,postmaster.opts,standby.signal,recovery.signal,backup_label.old,tablespace_map.old}
rm -rf -- "$DATA"/pg_replslot/*
sed -i -E "/^[[:space:]]*($FORGET)[[:space:]]*=/d" "$DATA/postgresql.auto.conf" || fail "not-writable $MOUNT"

outside() { fail "tablespace-outside $1"; }
relink_tablespaces outside
read_control
if [ "$(control "Database cluster state")" != "shut down" ]; then
  # Replaying the creation of a tablespace would reach into the directory of the server that made it.
  created=$(tablespaces_created "$DATA/pg_wal" "$(control "Latest checkpoint's TimeLineID")" "$(control "Latest checkpoint's REDO location")")
  [ -z "$created" ] || fail "tablespace-just-created $created"
fi

# What the data needs of every server that opens it.
printf "max_prepared_transactions = %s\nwal_level = %s\n" "$(control "max_prepared_xacts setting")" \
  "$(control "wal_level setting" | sed s/minimal/replica/)" >"$DATA/opendvp.prepared.conf" &&
  printf "include 'opendvp.prepared.conf'\narchive_mode = off\nlisten_addresses = ''\nwal_recycle = off\nwal_init_zero = off\nlc_messages = C\n" \
    >"$DATA/postgresql.conf" || fail "not-writable $MOUNT"
# Nothing needs to be on the disk before the end: a clone that is cut off is thrown away.
output=$("$BIN/postgres" --single -D "$DATA" -F -c log_min_messages=warning template1 2>"$LOG" <<<"select rolname from pg_authid where oid = 10")
status=$?
read_control
if [ "$status" -ne 0 ] || [ "$(control "Database cluster state")" != "shut down" ]; then
  cat "$LOG" >&2
  fail "not-recovered"
fi
rm -f -- "$DATA/postgresql.conf" "$DATA"/pg_wal/archive_status/* "$LOG"
flush "$MOUNT"
sed -n 's/.*1: rolname = "\(.*\)"[[:space:]]*(typeid.*/\1/p' <<<"$output"
control "Latest checkpoint location"
