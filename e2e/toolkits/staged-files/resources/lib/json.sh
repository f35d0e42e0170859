# For scripts that answer in JSON: handed to them in a variable, and evaluated there.

json_text() {
  printf '%s' "$1" | "$DLPX_BIN_JQ" --raw-input --slurp .
}

die() {
  printf '%s\n' "$1" >&2
  exit 1
}
