# Writes the settings of a copy, and checks it against what is known of its snapshot.
eval "$LIBRARY"

[ -d "$DATA_PATH" ] || die "$DATA_PATH is not mounted"
umask 077
printf 'port=%s\nsecret=%s\n' "$PORT" "${PASSWORD:+set}" > "$DATA_PATH/.settings"
if [ -z "$SNAPSHOT" ]; then
  expected=0
else
  expected=$(printf '%s' "$SNAPSHOT" | "$DLPX_BIN_JQ" '.fileCount // 0')
fi
printf '%s' "$expected" > "$DLPX_OUTPUT_FILE"
