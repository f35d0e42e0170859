# Starts a copy with the settings given, unless it runs; with $RESTART it is stopped before.
set -uo pipefail
# Every process that need not be started counts here. A server of another version says so by itself.
[ -x "$BIN/postgres" ] || fail "installation-missing $BIN"
[ "$EUID" -ne 0 ] || fail "user-is-root"
[ -s "$DATA/PG_VERSION" ] || fail "data-missing $DATA"
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

[ -d "$RUN" ] || mkdir -- "$RUN" || fail "not-writable $MOUNT"
if compgen -G "$RUN/.s.PGSQL.*" >/dev/null; then rm -f -- "$RUN"/.s.PGSQL.*; fi
# A tablespace that the copy's owner has put elsewhere stays there.
relink_tablespaces :
printf '%s' "$CONFIGURATION" >"$DATA/postgresql.conf" && printf '%s' "$HBA" >"$DATA/pg_hba.conf" &&
  printf '%s' "$IDENT" >"$DATA/pg_ident.conf" || fail "not-writable $MOUNT"

start_server -p "$PORT" -k "$RUN" -c listen_addresses="$LISTEN" -c cluster_name="$NAME" -c opendvp.dataset="$GUID"
if [ -n "$STATEMENT" ]; then
  own_sql postgres <<<"$STATEMENT" || own_sql template1 <<<"$STATEMENT" || fail "password-not-set"
fi
