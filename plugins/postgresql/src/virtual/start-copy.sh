# Starts a copy with the settings given, unless it runs; with $RESTART it is stopped before.
set -uo pipefail
check_installation
if server_runs; then
  if [ -z "$RESTART" ]; then exit 0; fi
  stop_server
fi
socket=$RUN/.s.PGSQL.$PORT
[ "${#socket}" -le 107 ] || fail "socket-path-too-long $socket"
# PostgreSQL is content with one address of several: it would start, and leave the port's clients to whoever has the other.
for address in 127.0.0.1 ::1; do
  if (exec 8<>"/dev/tcp/$address/$PORT") 2>/dev/null; then fail "port-in-use $PORT"; fi
done

mkdir -p -- "$RUN" || fail "not-writable $MOUNT"
rm -f -- "$RUN"/.s.PGSQL.*
# A tablespace that the copy's owner has put elsewhere stays there.
relink_tablespaces :
read_control
{
  printf '%s' "$CONFIGURATION_HEAD"
  printf "max_prepared_transactions = %s\n" "$(control "max_prepared_xacts setting")"
  printf "wal_level = %s\n" "$(control "wal_level setting" | sed s/minimal/replica/)"
  printf '%s' "$CONFIGURATION"
} >"$DATA/postgresql.conf" && printf '%s' "$HBA" >"$DATA/pg_hba.conf" && printf '%s' "$IDENT" >"$DATA/pg_ident.conf" ||
  fail "not-writable $MOUNT"

start_server -p "$PORT" -k "$RUN" -c listen_addresses="$LISTEN" -c cluster_name="$NAME" -c opendvp.dataset="$GUID"
if [ -n "$STATEMENT" ]; then
  own_sql postgres <<<"$STATEMENT" || own_sql template1 <<<"$STATEMENT" || fail "password-not-set"
fi
