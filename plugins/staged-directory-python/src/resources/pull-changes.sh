# Brings $STAGING into step with $SOURCE, but for what fits a line of $EXCLUDE. With START_OVER=yes it is emptied first.
set -euo pipefail
if [ "$START_OVER" = yes ]; then find "$STAGING" -mindepth 1 -delete; fi
rsync --archive --hard-links --delete --delete-excluded --exclude=/.offline --exclude-from=<(printf '%s\n' "$EXCLUDE") \
  -- "$SOURCE/" "$STAGING/"
