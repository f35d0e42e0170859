# Writes a list of the installations in the user's home: directories with a file that tells their version.
found='[]'
for file in "$HOME"/delphixdb-*/version; do
  [ -e "$file" ] || continue
  found=$(printf '%s' "$found" | "$DLPX_BIN_JQ" --arg path "${file%/*}" --arg version "$(cat "$file")" '. + [{installPath: $path, version: $version}]')
done
printf '%s' "$found" > "$DLPX_OUTPUT_FILE"
