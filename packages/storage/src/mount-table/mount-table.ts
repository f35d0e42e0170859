import { readFile } from "node:fs/promises";

export interface MountLine {
  readonly mountPath: string;
  readonly fileSystem: string;
  /** The device, as the kernel names it. */
  readonly source: string;
  /** Options of the file system, such as `ro`, `noacl`, `compress=zstd:1`. */
  readonly options: readonly string[];
}

/** What is mounted on this machine, in the order of mounting: of two on the same path, the later one counts. */
export async function readMountTable(): Promise<readonly MountLine[]> {
  const text = await readFile("/proc/self/mountinfo", "utf8");
  return text.split("\n").flatMap((line) => {
    const [mount = "", details = ""] = line.split(" - ");
    const mountPath = mount.split(" ")[4];
    const [fileSystem = "", source = "", options = ""] = details.split(" ");
    return mountPath === undefined
      ? []
      : [{ mountPath: unescape(mountPath), fileSystem, source: unescape(source), options: options.split(",") }];
  });
}

/** The mount that a path with resolved links lies on. */
export function mountOf(realPath: string, table: readonly MountLine[]): MountLine | undefined {
  const above = table.filter(({ mountPath }) => mountPath === "/" || realPath === mountPath || realPath.startsWith(`${mountPath}/`));
  return above.reduce<MountLine | undefined>(
    (best, line) => (best === undefined || line.mountPath.length >= best.mountPath.length ? line : best),
    undefined,
  );
}

/** The kernel writes spaces, tabs, line ends and backslashes as octal numbers of their bytes. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
