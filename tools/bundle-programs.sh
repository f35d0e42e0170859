#!/usr/bin/env bash
# Bundles each program into one file. Most of the time in which one starts would go into opening hundreds of small files: its own,
# those of what is spoken between the two and of the catalog, typebox and kysely. Everything else stays outside: what has files of
# its own beside it, and what others outside share.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

typebox=./node_modules/typebox/build
inside=(
  --alias:@opendvp/catalog=./packages/catalog/dist/index.js
  --alias:@opendvp/client=./packages/client/dist/index.js
  --alias:@opendvp/contract=./packages/contract/dist/index.js
  --alias:kysely=./node_modules/kysely/dist/esm/index.js
  --alias:typebox="$typebox/index.mjs"
  --alias:typebox/compile="$typebox/compile/index.mjs"
  --alias:typebox/error="$typebox/error/index.mjs"
  --alias:typebox/value="$typebox/value/index.mjs"
)

# bundle APP NAME=FILE…: makes apps/APP/dist/NAME.js of each FILE of apps/APP/dist; what they share is in chunks beside them.
bundle() {
  local dist="apps/$1/dist" program programs=()
  shift
  for program in "$@"; do programs+=("${program%%=*}=$dist/${program#*=}"); done
  rm -f "$dist"/chunk-*.js
  node_modules/.bin/esbuild "${programs[@]}" --outdir="$dist" \
    --bundle --splitting --platform=node --format=esm --target=node20 --log-level=error --packages=external "${inside[@]}"
}

bundle cli dvp=main.js build-toolkit=build-toolkit/main.js upload-toolkit=upload-toolkit/main.js
bundle engine opendvp-engine=main.js
