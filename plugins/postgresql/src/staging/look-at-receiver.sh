# Fails with what the receiver said last, if that is not that it receives.
last=$(tail -n 5 -- "$MOUNT/receiver.log" 2>/dev/null)
case "${last##*$'\n'}" in
  "" | *"starting log streaming"* | *"finished segment"* | *"switched to timeline"*) ;;
  *)
    printf '%s\n' "$last" >&2
    fail "not-received"
    ;;
esac
