#!/usr/bin/env bash
# npm run check: format, lint, types, layers, dead code, rules of the tree, documents, unit tests.
# The same on a laptop and in CI. Runs all of them and names those that failed.
#   npm run check -- lint layers    only these
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=node_modules/.bin
cache=node_modules/.cache

check_format() { "$bin/prettier" --check --log-level warn --cache --cache-location "$cache/prettier-results" .; }
check_types() { tools/build.sh && "$bin/tsc" -p tsconfig.tests.json; }
check_lint() { "$bin/eslint" --max-warnings 0 .; }
check_layers() { "$bin/depcruise" --config .dependency-cruiser.cjs --output-type err-long $(ls -d packages apps plugins tools e2e bench 2>/dev/null); }
check_dead_code() { "$bin/knip" --no-progress; }
check_tree() { "$bin/tsx" tools/tree-rules/main.ts; }
check_graph() { "$bin/tsx" tools/graph/main.ts --check; }
check_unit_tests() { timeout --foreground --kill-after=30s 10m "$bin/vitest" run --project unit; }

steps=("$@")
if [ "${#steps[@]}" -eq 0 ]; then steps=(format types lint layers dead-code tree graph unit-tests); fi

tools/prepare-machine.sh --no-system --no-build || exit 1
mkdir -p "$cache"
failed=()
for step in "${steps[@]}"; do
  run="check_${step//-/_}"
  if ! declare -F "$run" >/dev/null; then
    echo "check: there is no step $step" >&2
    exit 2
  fi
  started=$EPOCHREALTIME
  echo "── $step"
  "$run" || failed+=("$step")
  echo "   $(( (${EPOCHREALTIME/./} - ${started/./}) / 1000 )) ms"
done

if [ "${#failed[@]}" -gt 0 ]; then
  echo "check: failed: ${failed[*]}"
  exit 1
fi
echo "check: all in order: ${steps[*]}"
