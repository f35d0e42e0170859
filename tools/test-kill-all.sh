#!/usr/bin/env bash
# npm run test:kill:all: kills the engine at every point of every workflow on every back end. Longer than `npm test`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export OPENDVP_KILL=all OPENDVP_TEST_LIMIT=${OPENDVP_TEST_LIMIT:-3h}
exec tools/test.sh e2e/kill/kill.test.ts "$@"
