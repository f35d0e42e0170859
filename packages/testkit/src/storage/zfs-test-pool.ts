import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import { runProcess } from "@opendvp/subprocess";

/** One ZFS serves the whole machine, so that tests side by side share it: who needs one starts it, the last one ends it. */
const LOCK = "/var/tmp/opendvp-zfs-fuse.lock";
/** There only for a zfs-fuse that a test has started; any other is used and left running. */
const PID_FILE = "/var/tmp/opendvp-zfs-fuse.pid";

const DIRECTORIES = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin"];

const ENSURE = String.raw`
set -eu
if ! zpool list >/dev/null 2>&1; then
  rm -f "$1"
  zfs-fuse --no-kstat-mount --enable-xattr --max-arc-size 64 --pidfile "$1" >/dev/null 2>&1 </dev/null
  for _ in $(seq 100); do zpool list >/dev/null 2>&1 && break; sleep 0.05; done
fi
shift
"$@"
`;

const DESTROY = String.raw`
set -u
pid_file=$1
for pool in $(zpool list -H -o name 2>/dev/null | grep -F -- "$2"); do
  case "$pool" in "$2"*) ;; *) continue ;; esac
  for _ in $(seq 50); do zpool destroy -f "$pool" 2>/dev/null && break; sleep 0.1; done
done
if [ -s "$pid_file" ] && zpool list >/dev/null 2>&1 && [ -z "$(zpool list -H -o name)" ]; then
  pid=$(cat "$pid_file")
  if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = zfs-fuse ]; then
    kill "$pid"
    for _ in $(seq 100); do [ -d "/proc/$pid" ] || break; sleep 0.05; done
  fi
  rm -f "$pid_file"
fi
`;

/** A zpool on a sparse file. */
export interface ZfsTestPool {
  /** The zpool's name, which is its first dataset's too. */
  readonly name: string;
  readonly mountPath: string;
  readonly imagePath: string;
  exportPool(): Promise<void>;
  importPool(): Promise<void>;
}

export interface ZfsTestPoolRequest {
  /** The test's own, which `removeTestDirectory` removes with the zpool. */
  readonly directory: string;
  /** Becomes the mount point's name. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Where its file lies; default: the test's directory. */
  readonly imageDirectory?: string;
}

/** Whether a zpool can be made here: as root, with the kernel's ZFS or with zfs-fuse. */
export function canUseZfs(): boolean {
  if (process.geteuid?.() !== 0 || !hasProgram("zpool")) return false;
  return existsSync("/dev/zfs") || (hasProgram("zfs-fuse") && existsSync("/dev/fuse"));
}

/** Makes a zpool in a test's directory and starts zfs-fuse for it where no ZFS runs. */
export async function makeZfsTestPool(request: ZfsTestPoolRequest): Promise<ZfsTestPool> {
  const { directory, name, sizeBytes, imageDirectory = directory } = request;
  const image = join(imageDirectory, `zfs-${name}.img`.replaceAll(/[^A-Za-z0-9.-]/g, "_"));
  const file = await open(image, "wx");
  await file.truncate(sizeBytes);
  await file.close();
  const pool = `${basename(directory)}-${name.replaceAll(/[^A-Za-z0-9]/g, "").toLowerCase()}`;
  const mountPath = join(directory, name);
  await succeedLocked(ENSURE, [PID_FILE, "zpool", "create", "-o", "cachefile=none", "-m", mountPath, pool, image]);
  return {
    name: pool,
    mountPath,
    imagePath: image,
    exportPool: () => succeedLocked(ENSURE, [PID_FILE, "zpool", "export", pool]),
    importPool: () => succeedLocked(ENSURE, [PID_FILE, "zpool", "import", "-d", imageDirectory, "-o", "cachefile=none", pool]),
  };
}

/** Destroys the zpools of a test's directory, and ends the zfs-fuse that tests have started when it has none left. */
export async function removeZfsTestPools(directory: string): Promise<void> {
  if (canUseZfs()) await succeedLocked(DESTROY, [PID_FILE, basename(directory)]);
}

async function succeedLocked(script: string, args: readonly string[]): Promise<void> {
  // Without --close, a daemon that is started would hold the lock for ever.
  const { exitCode, stderr } = await runProcess({ file: "flock", args: ["--close", LOCK, "bash", "-c", script, "bash", ...args] });
  if (exitCode !== 0) throw new Error(`${args.slice(1, 3).join(" ")}: ${stderr}`);
}

function hasProgram(program: string): boolean {
  return DIRECTORIES.some((directory) => existsSync(join(directory, program)));
}
