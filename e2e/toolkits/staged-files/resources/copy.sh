# Makes the staging copy like its source. EXCLUDES has a pattern on each line; WIPE=true copies everything anew.
eval "$LIBRARY"

[ -d "$SOURCE_PATH" ] || die "$SOURCE_PATH is no directory"
[ -d "$STAGING_PATH" ] || die "$STAGING_PATH is not mounted"
if [ "$WIPE" = true ]; then
  find "$STAGING_PATH" -mindepth 1 -delete
fi
printf '%s\n' "$EXCLUDES" | "$RSYNC" --archive --delete --exclude-from=- "$SOURCE_PATH/" "$STAGING_PATH/"
