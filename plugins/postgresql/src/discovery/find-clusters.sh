# Prints the clusters that this user can see: major version (or nothing), directory of the server's programs (or nothing), data directory,
# port, socket directory, parted by tabs. What root alone may read is left out; nothing is connected to.

# Prints the last value that configuration file $1 gives to $2.
setting() { sed -n -E "s/^[[:space:]]*$2[[:space:]]*=?[[:space:]]*'?([^'#]*)'?.*/\1/p" "$1" 2>/dev/null | tail -n 1 | sed 's/[[:space:]]*$//'; }

report() {
  local major=$1 bin=$2 data=$3 config=$4 port socket
  [ -n "$major" ] || { read -r major <"$data/PG_VERSION"; } 2>/dev/null
  port=${5:-$(setting "$config" port)}
  socket=$(setting "$config" unix_socket_directories)
  printf '%s\t%s\t%s\t%s\t%s\n' "$major" "$bin" "$data" "$port" "${socket%%,*}"
}

# Running servers, by their arguments.
for directory in /proc/[0-9]*; do
  mapfile -d '' -t words 2>/dev/null <"$directory/cmdline" || continue
  [[ "${words[0]:-}" == */postgres || "${words[0]:-}" == */postmaster ]] || continue
  # Copies and what is under way here are no sources.
  [[ " ${words[*]} " == *" opendvp.dataset="* || " ${words[*]} " == *" --single "* ]] && continue
  data='' config='' port=''
  for ((i = 1; i < ${#words[@]}; i++)); do
    case "${words[i]}" in
      -D) data=${words[++i]:-} ;;
      -D?*) data=${words[i]#-D} ;;
      -p) port=${words[++i]:-} ;;
      -p?*) port=${words[i]#-p} ;;
      config_file=* | --config_file=* | --config-file=*) config=${words[i]#*=} ;;
    esac
  done
  [[ "$data" == /* ]] || continue
  report '' "${words[0]%/*}" "$data" "${config:-$data/postgresql.conf}" "$port"
done

# Debian's clusters, running or not.
for config in /etc/postgresql/*/*/postgresql.conf; do
  data=$(setting "$config" data_directory)
  [[ "$data" == /* ]] || continue
  major=${config#/etc/postgresql/}
  report "${major%%/*}" '' "$data" "$config" ''
done

# Data directories in the places where other distributions put them.
for data in /var/lib/pgsql/data /var/lib/pgsql/*/data /usr/local/pgsql/data /var/lib/postgresql/*/*; do
  if [ -r "$data/PG_VERSION" ]; then report '' '' "$data" "$data/postgresql.conf" ''; fi
done
