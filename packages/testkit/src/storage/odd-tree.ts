import { runProcess } from "@opendvp/subprocess";

/**
 * Fills a directory with everything that a copy can lose: hard links, holes, access control lists, extended
 * attributes, odd names (also such that are no text), modes, owners, links, a pipe, times to the nanosecond.
 */
const SCRIPT = String.raw`
set -e
cd "$1"
mkdir -p deep/er empty 'mode 0700'
chmod 0700 'mode 0700'
head -c 300000 /dev/urandom > deep/random
echo small > deep/small
ln deep/small deep/er/linked
ln deep/small linked-too
truncate -s 64M sparse
printf middle | dd of=sparse bs=1 seek=33554432 conv=notrunc status=none
truncate -s 1M all-hole
: > empty-file
ln -s deep/small relative-link
ln -s /nowhere/at/all dangling-link
mkfifo pipe
touch -- "$(printf 'line\nbreak')" '-rf' 'it'"'"'s "quoted"' 'ünïcödé' "$(printf 'no\377text')" '$(id)' ' ' "$(printf '%0255d' 7)"
echo 'to be run' > run-me
chmod 4755 run-me
mkdir sticky && chmod 1777 sticky
chmod 0400 empty-file
setfacl -m u:12345:rwx,g:54321:r deep/random
setfacl -d -m u:12345:rwx deep
setfattr -n user.comment -v 'a value' deep/random
setfattr -n user.binary -v 0x00ff0a deep
if [ "$(id -u)" = 0 ]; then
  chmod 0000 empty-file
  chown 12345:54321 deep/random
  chown -h 12345:54321 dangling-link
  chown 777:888 sticky
  setfattr -n trusted.secret -v kept deep/small
  chown 4321:1234 .
fi
setfattr -n user.top -v here .
chmod 2750 .
touch -d '2001-02-03 04:05:06.789012345' deep/random deep/er
touch -h -d '1999-12-31 23:59:59.123456789' dangling-link
`;

export async function makeOddTree(directory: string): Promise<void> {
  await script(SCRIPT, directory);
}

const FINGERPRINT = String.raw`
set -e
cd "$1"
find . -type d -printf '%P|%y|%m|%U|%G|%T@|\0' -o -printf '%P|%y|%m|%U|%G|%s|%T@|%l|%n|\0' | sort -z | tr '\n\0' '?\n'
find . -type f -links +1 -printf '%i %P\0' | sort -z | tr '\n\0' '?\n' |
  awk '{ inode = $1; sub(/^[0-9]+ /, ""); if (inode != last) { first = $0; last = inode } print first " = " $0 }' | sort
find . -type f -print0 | sort -z | xargs -0 -r sha256sum -z | tr '\n\0' '?\n'
find . -print0 | sort -z | xargs -0 -r getfacl -n -P 2>/dev/null
find . -print0 | sort -z | xargs -0 -r getfattr -d -m - -h -e hex 2>/dev/null
`;

/** Everything about a tree that a copy must keep, as text: equal for equal trees. */
export async function fingerprintOf(directory: string): Promise<string> {
  return script(FINGERPRINT, directory);
}

/** Runs bash on a directory given as `$1` and returns what it prints. */
async function script(source: string, directory: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess({ file: "bash", args: ["-c", source, "bash", directory], env: { LC_ALL: "C" } });
  if (exitCode !== 0) throw new Error(`the script failed: ${stderr}`);
  return stdout;
}
