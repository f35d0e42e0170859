# Writes a list with the rsync of this host, or an empty one.
eval "$LIBRARY"

rsync=$(command -v rsync) || rsync=
if [ -z "$rsync" ]; then
  printf '[]' > "$DLPX_OUTPUT_FILE"
  exit 0
fi
version=$("$rsync" --version | sed -n '1s/^rsync  *version \([^ ]*\).*/\1/p')
printf '[' > "$DLPX_OUTPUT_FILE"
printf '{"rsyncPath": %s, "version": %s}' "$(json_text "$rsync")" "$(json_text "$version")" >> "$DLPX_OUTPUT_FILE"
printf ']' >> "$DLPX_OUTPUT_FILE"
