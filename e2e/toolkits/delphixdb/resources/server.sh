# Starts, stops or looks for the server of an instance: a process at home in its directory. A copy brings the number of another one's.
cd "$DATA_PATH" || exit 1
pid=$(cat server.pid 2> /dev/null)
runs() { [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd")" = "$DATA_PATH" ]; }
case "$ACTION" in
  start)
    runs && exit 0
    printf 'name=%s\nport=%s\n' "$NAME" "$PORT" > instance.conf
    nohup sleep 1000000 < /dev/null > /dev/null 2>&1 &
    printf '%s\n' "$!" > server.pid
    ;;
  stop)
    if runs; then
      kill "$pid"
      while runs; do sleep 0.05; done
    fi
    rm -f server.pid
    ;;
  ask)
    if runs; then printf '"ACTIVE"'; else printf '"INACTIVE"'; fi > "$DLPX_OUTPUT_FILE"
    ;;
  *) exit 2 ;;
esac
