#!/usr/bin/env bash
# Bundles each program of the command line into one file. A command is over in a moment, and most of that moment would go into
# opening the hundreds of small files of its own, of what it speaks to the engine, and of typebox. Everything else stays outside:
# what has files of its own beside it, and what most commands never load.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dist=apps/cli/dist
rm -f "$dist"/chunk-*.js
node_modules/.bin/esbuild "dvp=$dist/main.js" "build-toolkit=$dist/build-toolkit/main.js" "upload-toolkit=$dist/upload-toolkit/main.js" \
  --bundle --splitting --platform=node --format=esm --target=node20 --outdir="$dist" --log-level=warning \
  --packages=external \
  --alias:@opendvp/client=./packages/client/dist/index.js \
  --alias:@opendvp/contract=./packages/contract/dist/index.js \
  --alias:typebox=./node_modules/typebox/build/index.mjs
