# Makes an empty cluster.
set -uo pipefail
[ -x "$BIN/initdb" ] || fail "installation-missing $BIN"
[ "$EUID" -ne 0 ] || fail "user-is-root"
[ -s "$DATA/PG_VERSION" ] && rm -rf -- "$DATA"
"$BIN/initdb" -D "$DATA" -U "$SUPERUSER" --encoding=UTF8 --locale=C --data-checksums --no-sync >&2 || fail "not-initialized"
mkdir -p -- "$MOUNT/tablespaces"
flush "$MOUNT"
