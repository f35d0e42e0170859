#!/usr/bin/env bash
# npm run build: compiles packages and programs, bundles the programs, then writes the definitions that our plugins derive from
# their schemas.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

node_modules/.bin/tsc -b
node_modules/.bin/tsx tools/bundle-programs/main.ts
cli=apps/cli/bin/dvp.mjs
for config in plugins/*/plugin_config.yml e2e/kill/probe-plugin/plugin_config.yml; do
  if [ -f "$config" ] && [ -f "$cli" ]; then
    node "$cli" build --generate-only --quiet --plugin-config "$config"
  fi
done
