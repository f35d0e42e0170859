# Prints directory and version of each installation of PostgreSQL, parted by a tab.
for postgres in /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres /usr/local/pgsql/bin/postgres /opt/homebrew/opt/postgresql*/bin/postgres \
  $(type -ap postgres); do
  [ -x "$postgres" ] || continue
  # Distributions put links to one installation into several places.
  postgres=$(readlink -f -- "$postgres")
  version=$("$postgres" --version 2>/dev/null) || continue
  printf '%s\t%s\n' "${postgres%/postgres}" "${version##*(PostgreSQL) }"
done | sort -u
