import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";

/** A real file system on a sparse file. */
export interface LoopFileSystem {
  readonly mountPath: string;
  readonly imagePath: string;
  unmount(): Promise<void>;
  mount(options?: readonly string[]): Promise<void>;
  /** Unmounts it and removes its file. */
  dispose(): Promise<void>;
}

export interface LoopFileSystemRequest {
  readonly directory: string;
  /** Becomes part of the mount point's name. */
  readonly name: string;
  readonly fileSystem: "btrfs" | "ext4" | "xfs";
  readonly sizeBytes: number;
  readonly options?: readonly string[];
  /** For the program that makes the file system. */
  readonly makingOptions?: readonly string[];
}

const MKFS_OPTIONS = { btrfs: ["-q", "--mixed"], ext4: ["-q", "-m", "0"], xfs: ["-q", "-m", "reflink=1"] } as const;

/** Makes a file system on a sparse file in a test's directory and mounts it. Needs root. */
export async function makeLoopFileSystem(request: LoopFileSystemRequest): Promise<LoopFileSystem> {
  const imagePath = join(request.directory, `${request.fileSystem}-${request.name}.img`);
  const mountPath = join(request.directory, request.name);
  const file = await open(imagePath, "wx");
  await file.truncate(request.sizeBytes);
  await file.close();
  await succeed(`mkfs.${request.fileSystem}`, [...MKFS_OPTIONS[request.fileSystem], ...(request.makingOptions ?? []), imagePath]);
  await mkdir(mountPath);
  const mount = (options: readonly string[] = []): Promise<void> =>
    succeed("mount", ["-o", ["loop", "noatime", ...(request.options ?? []), ...options].join(","), "--", imagePath, mountPath]);
  const unmount = (): Promise<void> => succeed("umount", ["--", mountPath]);
  await mount();
  return {
    mountPath,
    imagePath,
    mount,
    unmount,
    dispose: async () => {
      await runProcess({ file: "umount", args: ["--", mountPath] });
      await rm(imagePath, { force: true });
    },
  };
}

/** Runs a program that must end well. */
export async function succeed(file: string, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await runProcess({ file, args });
  if (exitCode !== 0) throw new Error(`${file} ${args.join(" ")}: ${stderr}`);
}
