import { basename } from "node:path";
import { EngineError } from "@opendvp/model";
import { listProcesses, runProcess, unmountPatiently } from "@opendvp/subprocess";
import { pathOfHandle, withPinned, withPinnedParent } from "./pinned-path.ts";

/** Beyond what `mount` itself answers. */
const NOT_MOUNTED = 100;

/**
 * Mounts, and takes power from what is mounted, in one program: a start of one costs the engine more than both system
 * calls. Its working directory is the pinned parent of the mount point. What is open from before lies under the mount,
 * so its root is entered anew, and must be where it is expected.
 */
const BIND = String.raw`
onto=$1 source=$2 pinned=$3 name=$4
mount --no-canonicalize --internal-only --bind -- "$source" "$pinned" || exit ${NOT_MOUNTED}
cd -P -- "./$name" || exit
[ "$PWD" = "$onto" ] || { echo "it has been moved away" >&2; exit 1; }
exec mount --no-canonicalize --internal-only -o remount,bind,nosuid,nodev --make-private -- .
`;

/**
 * Makes a directory appear at another. Mounts below it stay where they are made, and neither set-user-ID programs nor
 * device files have power in it: what a dataset holds comes from elsewhere.
 * @throws EngineError `MOUNT_FAILED`, `PATH_INVALID` (a symbolic link on the way)
 */
export async function bindMount(source: string, target: string, mark?: string): Promise<void> {
  await withPinned(source, (from) =>
    withPinned(target, (onto) =>
      withPinnedParent(target, async (_, parent) => {
        const { exitCode, stderr } = await runProcess({
          file: "sh",
          args: ["-c", BIND, "sh", target, pathOfHandle(from), pathOfHandle(onto), basename(target)],
          cwd: parent,
          ...(mark === undefined ? {} : { mark }),
        });
        if (exitCode === 0) return;
        if (exitCode !== NOT_MOUNTED) await runUmountIn(parent, basename(target));
        throw failed(`Cannot mount at ${target}`, stderr, target);
      }),
    ),
  );
}

/** @throws EngineError `MOUNT_BUSY` naming the processes that hold it, `MOUNT_FAILED` */
export async function unmount(target: string, mark?: string): Promise<void> {
  const failure = await unmountPatiently(target, () => runUmount(target, mark));
  if (failure === undefined) return;
  throw failure.isBusy ? await busy(target, failure.users) : failed(`Cannot unmount ${target}`, failure.stderr, target);
}

function runUmount(target: string, mark: string | undefined): Promise<{ readonly exitCode: number | null; readonly stderr: string }> {
  // The entry of a mount cannot be renamed, so a pinned parent is enough; pinning the mount would keep it busy.
  return withPinnedParent(target, (_, parent) => runUmountIn(parent, basename(target), mark));
}

function runUmountIn(parent: string, name: string, mark?: string): ReturnType<typeof runProcess> {
  return runProcess({
    file: "umount",
    args: ["--no-canonicalize", "--internal-only", "--", `./${name}`],
    cwd: parent,
    ...(mark === undefined ? {} : { mark }),
  });
}

async function busy(target: string, users: readonly number[]): Promise<EngineError> {
  const processes = (await listProcesses()).filter(({ pid }) => users.includes(pid)).map(({ pid, command }) => ({ pid, command }));
  const names = processes.map(({ pid, command }) => `${command} (${String(pid)})`).join(", ");
  const holders = names === "" ? "something other than a process, such as a mount below it" : names;
  return new EngineError("MOUNT_BUSY", `${target} is in use by ${holders}.`, {
    action: "End what uses it, or leave its directories, and repeat.",
    details: { mountPath: target, processes },
  });
}

function failed(message: string, stderr: string, mountPath: string): EngineError {
  const isRoot = process.getuid?.() === 0;
  // The programs are told of paths in /proc, which say nothing to a reader.
  const reason = stderr.trim().replaceAll(/\/proc\/\d+\/fd\/\d+/g, mountPath);
  return new EngineError("MOUNT_FAILED", `${message}: ${reason}`, {
    action: isRoot ? "Look into the kernel's log for the reason." : "Mounting needs root: run the engine as root, or use symbolic links.",
    details: { mountPath },
  });
}
