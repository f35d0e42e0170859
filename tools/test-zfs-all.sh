#!/usr/bin/env bash
# npm run test:zfs:all: lives the lives of the plugins also on ZFS that take minutes there. `npm test` lives them elsewhere.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export OPENDVP_ZFS=all
exec tools/test.sh plugins/ "$@"
