// Every dataset keeps a process in its directory, as a database would. Its number is kept in the data, and thus copied
// with it: only a process that works in this very directory counts.

const IS_OURS = 'pid=$(cat "$DIRECTORY/.pid" 2>/dev/null) && [ "$(readlink "/proc/$pid/cwd")" = "$(realpath "$DIRECTORY")" ]';

export const ALIVE = IS_OURS;

export const START = `if ! { ${IS_OURS}; }; then
  cd "$DIRECTORY" || exit 1
  setsid sleep 1000000 < /dev/null > /dev/null 2>&1 &
  echo $! > .pid
fi`;

export const END = `if ${IS_OURS}; then
  kill -KILL "$pid"
  while kill -0 "$pid" 2>/dev/null && [ "$(cut -d' ' -f3 "/proc/$pid/stat" 2>/dev/null)" != Z ]; do sleep 0.01; done
fi`;
