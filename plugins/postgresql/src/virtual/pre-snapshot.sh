# Has the copy write out what it holds in memory, so that there is little to recover. What it has committed is in its WAL anyway.
set -uo pipefail
outside() { fail "tablespace-outside $1"; }
relink_tablespaces outside
server_runs || exit 0

# Whether the WAL since the last checkpoint holds next to nothing: less to recover than a connection to the server costs. It must not make a
# tablespace either, which it would make at the place of this copy, wherever it is recovered.
is_at_rest() {
  # Not "newer": some file systems keep whole seconds.
  [ "$DATA/pg_tblspc" -ot "$DATA/postmaster.opts" ] || return 1
  read_control
  [[ "$control_data" =~ "REDO WAL file:"\ *([0-9A-F]{24}) ]] || return 1
  local begun=${BASH_REMATCH[1]} segments=("$DATA"/pg_wal/????????????????????????)
  [ "${segments[-1]##*/}" = "$begun" ]
}
if is_at_rest; then exit 0; fi
own_sql postgres <<<CHECKPOINT || own_sql template1 <<<CHECKPOINT || true
