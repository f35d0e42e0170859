# Keeps a mark outside of the data for a dataset that is up.
directory="$TOOLKIT_PATH/staged-files"
mark="$directory/$GUID"
case "$ACTION" in
  set) mkdir -p "$directory" && printf '%s\n' "$DATA_PATH" > "$mark" ;;
  remove) rm -f "$mark" ;;
  ask)
    if [ -e "$mark" ]; then printf '"ACTIVE"'; else printf '"INACTIVE"'; fi > "$DLPX_OUTPUT_FILE"
    ;;
  *) exit 2 ;;
esac
