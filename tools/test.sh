#!/usr/bin/env bash
# npm test: prepares the machine, removes what a killed run left behind, then runs all tests on real storage.
#   npm test -- <filter>    only the files whose path contains <filter>; any argument of vitest may follow
# The last line is `N passed, N failed` (`, N skipped`). Without root, what needs it is reported as skipped.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

summary=$(mktemp -t opendvp-summary.XXXXXX)
export OPENDVP_TEST_SUMMARY="$summary"
trap 'rm -f "$summary"' EXIT

# Prints the closing line and ends. A run that never reached its end has failed, whatever it had printed.
finish() {
  local status=$1
  if [ ! -s "$summary" ]; then
    echo "The run did not come to its end (status $status)."
    echo "0 passed, 1 failed" >"$summary"
    if [ "$status" -eq 0 ]; then status=1; fi
  fi
  cat "$summary"
  exit "$status"
}

tools/prepare-machine.sh --host-user --for-tests || finish $?
tools/remove-leftovers.sh --tests
if [ "$(id -u)" -ne 0 ]; then
  echo "Not root: the tests that mount file systems are skipped." >&2
fi

limit=${OPENDVP_TEST_LIMIT:-40m}
timeout --foreground --kill-after=30s "$limit" node_modules/.bin/vitest run "$@"
finish $?
