# Has the copy write out what it holds in memory, so that there is little to recover. What it has committed is in its WAL anyway.
set -uo pipefail
outside() { fail "tablespace-outside $1"; }
relink_tablespaces outside
if server_runs; then
  own_sql postgres <<<CHECKPOINT || own_sql template1 <<<CHECKPOINT || true
fi
