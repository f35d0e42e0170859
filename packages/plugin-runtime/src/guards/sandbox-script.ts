/**
 * Runs in new namespaces, but not yet as process 1 of its own: that is what it starts. It lets go of the pipes to the engine,
 * so that the plugin alone holds them and closing one of them is seen.
 *
 * Arguments: ENTRY_SCRIPT, then its arguments.
 */
export const OUTER_SCRIPT = `
script=$1
shift
setpriv --pdeathsig KILL -- sh -c "$script" sh "$@" &
exec 3<&- 4>&-
wait "$!"
`;

/**
 * Runs as process 1 of its own PID and mount namespaces, still as root. It builds a root that shows only what the mount
 * table in $2 lists, moves into it and lets go of everything else, so that no dataset of the host is held. Then it starts
 * the plugin's program as a user that owns nothing, and stays: it reaps orphans, and its end ends all of them. In a user
 * namespace of an engine without root, 0 is the engine's own user, who stays.
 *
 * No core is written, not even to a program that collects them (a limit of 1 says so): it would hold the plugin's secrets.
 * When the whole machine runs out of memory, plugins go before the engine.
 *
 * Arguments: directory to mount the root on, mount table, directories and files to make for it, symbolic links,
 * the control group files to enter, limits for prlimit, uid, working directory; then the program.
 */
export const ENTRY_SCRIPT = `
set -eu
root=$1 table=$2 directories=$3 files=$4 links=$5 groups=$6 limits=$7 uid=$8 directory=$9
shift 9
IFS='
'
set -f
for group in $groups; do echo 0 > "$group"; done
echo 1000 > /proc/self/oom_score_adj
mount -t tmpfs -o mode=755,nosuid,nodev,size=1m opendvp "$root"
cd "$root"
mkdir -p $directories
for file in $files; do : > "$file"; done
printf '%s\\n' "$table" > table
mount -a -T "$root/table"
rm table
for link in $links; do ln -s "\${link#*=}" "\${link%%=*}"; done
mount -o remount,bind,ro,nosuid,nodev "$root"
pivot_root . .
umount -l .
cd "$directory"
user=
[ "$uid" = 0 ] || user="--reuid
$uid
--regid
$uid
--clear-groups"
prlimit $limits -- setpriv $user --no-new-privs --inh-caps=-all --bounding-set=-all -- "$@" &
exec 3<&- 4>&-
wait "$!"
`;
