# Has the copy write out what it holds in memory, so that there is little to recover. What it has committed is in its WAL anyway.
set -uo pipefail
outside() { fail "tablespace-outside $1"; }
relink_tablespaces outside
server_runs || exit 0

# Within the segment that the last checkpoint began in there is next to nothing to recover: less than a connection to the server costs.
read_control
[[ "$control_data" =~ "REDO WAL file:"\ *([0-9A-F]{24}) ]]
segments=("$DATA"/pg_wal/????????????????????????)
[ "${segments[-1]##*/}" != "${BASH_REMATCH[1]:-}" ] || exit 0
own_sql postgres <<<CHECKPOINT || own_sql template1 <<<CHECKPOINT || true
