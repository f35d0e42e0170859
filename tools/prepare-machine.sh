#!/usr/bin/env bash
# Makes this machine ready to build and run OpenDVP: OS packages, npm packages, the build.
# Does nothing that is done already, and says what it does. Used by ./quickstart, npm test, npm run check and .ci/run.
#   prepare-machine.sh [--no-system] [--no-build] [--host-user] [--postgresql] [--for-tests]
# --host-user makes, as root, the system user that the engine runs commands as on its own machine.
# --postgresql adds the programs of a PostgreSQL server, for ./quickstart --postgres.
# --for-tests adds what only tests need: PostgreSQL, Python, the file systems that they make, the shells that they type in.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

with_system=true
with_build=true
with_host_user=false
with_postgresql=false
for_tests=false
for argument in "$@"; do
  case "$argument" in
    --no-system) with_system=false ;;
    --no-build) with_build=false ;;
    --host-user) with_host_user=true ;;
    --postgresql) with_postgresql=true ;;
    --for-tests) for_tests=true with_postgresql=true ;;
    *) echo "prepare-machine.sh: unknown argument $argument" >&2; exit 2 ;;
  esac
done

# Programs that the engine and its tests call, each with the Debian package that holds it.
declare -A package_of=(
  [btrfs]=btrfs-progs [mkfs.btrfs]=btrfs-progs [rsync]=rsync [setfacl]=acl [setfattr]=attr [expect]=expect [jq]=jq
  [losetup]=mount [mount]=mount [findmnt]=util-linux [setpriv]=util-linux [unshare]=util-linux [flock]=util-linux
  [mkfs.ext4]=e2fsprogs [ps]=procps [useradd]=passwd [git]=git
)
# What tests run on: back ends, shells, an interpreter for plugins in Python; zfs is the kernel's where that is installed.
declare -A package_for_tests=([mkfs.xfs]=xfsprogs [filefrag]=e2fsprogs [zfs]=zfs-fuse [zsh]=zsh [fish]=fish [python3]=python3)
# npm compiles better-sqlite3 where its binary cannot be downloaded.
declare -A package_to_compile=([python3]=python3 [make]=make [g++]=g++)

say() { echo "set-up: $*" >&2; }

# Runs a command whose output matters only when it fails.
quietly() {
  local log
  log=$(mktemp -t opendvp-set-up.XXXXXX)
  if ! "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    say "failed: $*"
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
}

# Prints the Debian packages whose programs are missing; administrators' programs count although a user's PATH lacks them.
missing_packages() {
  local -n packages=$1
  local program
  for program in "${!packages[@]}"; do
    PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v "$program" >/dev/null || echo "${packages[$program]}"
  done | sort -u
}

install_packages() {
  local missing=("$@")
  if [ "${#missing[@]}" -eq 0 ]; then return; fi
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    say "missing here: ${missing[*]}. What needs them is refused or skipped; as root on Debian this script installs them."
    return
  fi
  say "installing Debian packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  quietly apt-get update -qq
  quietly apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# Debian makes and starts a cluster along with a server, unless it is told not to. Only the programs are wanted. It is told for this
# installation alone: a server that somebody installs later gets its cluster as usual.
NO_CLUSTER=/etc/postgresql-common/createcluster.d/opendvp.conf

prevent_database_cluster() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then return; fi
  trap allow_database_cluster EXIT
  mkdir -p "${NO_CLUSTER%/*}"
  echo "create_main_cluster = false" >"$NO_CLUSTER"
}

allow_database_cluster() {
  rm -f "$NO_CLUSTER"
  rmdir -p --ignore-fail-on-non-empty "${NO_CLUSTER%/*}" 2>/dev/null || true
}

# PostgreSQL keeps its server's programs out of the PATH.
install_postgresql() {
  if compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null; then return; fi
  prevent_database_cluster
  install_packages postgresql-15
  allow_database_cluster
}

# Tests start a zfs-fuse of their own, with the options that they need, and end it: Debian's would stand in their way.
install_for_tests() {
  local missing
  mapfile -t missing < <(missing_packages package_for_tests)
  install_packages "${missing[@]}"
  if [[ " ${missing[*]} " == *" zfs-fuse "* ]] && [ -x /etc/init.d/zfs-fuse ]; then
    /etc/init.d/zfs-fuse stop >/dev/null 2>&1 || true
    if command -v update-rc.d >/dev/null; then update-rc.d zfs-fuse disable >/dev/null 2>&1 || true; fi
  fi
}

make_host_user() {
  if [ "$(id -u)" -ne 0 ] || id -u opendvp >/dev/null 2>&1; then return; fi
  say "making the system user opendvp"
  useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /bin/bash opendvp
}

check_node() {
  local major
  major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
  if [ "$major" -lt 20 ]; then
    say "Node.js 20 or newer is needed, found: $(node --version 2>/dev/null || echo none)."
    exit 1
  fi
}

install_npm_packages() {
  if node tools/is-installed.mjs; then return; fi
  mapfile -t missing < <(missing_packages package_to_compile)
  install_packages "${missing[@]}"
  # node-gyp would download the headers that Debian's and NodeSource's packages have put there already.
  if [ -e /usr/include/node/node.h ]; then export npm_config_nodedir=/usr; fi
  say "installing npm packages (npm ci)"
  npm ci --no-audit --no-fund >&2
}

check_node
if "$with_system"; then
  mapfile -t missing < <(missing_packages package_of)
  install_packages "${missing[@]}"
  if "$with_postgresql"; then install_postgresql; fi
  if "$for_tests"; then install_for_tests; fi
fi
if "$with_host_user"; then make_host_user; fi
install_npm_packages
if "$with_build"; then
  tools/build.sh >&2
fi
