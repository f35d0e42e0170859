# Writes what identifies the content of an instance, and fails where that is not what is expected.
cd "$DATA_PATH/tables" || exit 1
checksum=$(find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
if [ -n "$EXPECTED" ] && [ "$EXPECTED" != "$checksum" ]; then
  printf 'These are not the tables of the snapshot: %s is not %s.\n' "$checksum" "$EXPECTED" >&2
  exit 1
fi
printf '"%s"' "$checksum" > "$DLPX_OUTPUT_FILE"
