# Lets everybody read a copy, or its owner alone.
case "$MODE" in
  shared) chmod 0755 "$DATA_PATH" ;;
  *) chmod 0700 "$DATA_PATH" ;;
esac
