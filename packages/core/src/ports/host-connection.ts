import type { Readable } from "node:stream";

export interface HostCommand {
  /** bash source (or expect, see `interpreter`). Never appears in a process list. */
  readonly command: string;
  readonly interpreter?: "bash" | "login-bash" | "expect";
  /** The environment user that runs it. */
  readonly user: string;
  /** Secret: in the command's environment, in no process list, log or error. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly stdin?: Readable | string;
  /** Put into the environment of the command as `OPENDVP_MARK`, inherited by its children. */
  readonly mark?: string;
  readonly signal?: AbortSignal;
  readonly timeLimitMs?: number;
  /** Bytes of stdout and stderr together before the command is ended with `PLUGIN_LIMIT`. Default 192 MiB. */
  readonly outputLimitBytes?: number;
  /** Hears of output as it comes, in bytes; what it throws ends the command, which fails with it. For limits that several commands share. */
  readonly countOutput?: (bytes: number) => void;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What lies at a path, seen as the engine (not as an environment user). */
export interface PathFacts {
  readonly kind: "ABSENT" | "DIRECTORY" | "FILE" | "SYMLINK" | "OTHER";
  readonly isEmptyDirectory: boolean;
  readonly isMountPoint: boolean;
  /** With all symbolic links resolved, as far as it exists. */
  readonly realPath: string;
}

export interface HostFacts {
  readonly osName: string;
  readonly hostname: string;
}

export interface MountTableLine {
  readonly mountPath: string;
  /** The device or directory mounted there, as the host names it. */
  readonly source: string;
  /** The root of the mount within its file system. */
  readonly root: string;
  readonly fileSystem: string;
  /** The file system's number, `major:minor`; with `root` it says what is mounted, whatever its source is called. */
  readonly device: string;
  /** What holds for this mount alone, e.g. `rw`, `nosuid`. */
  readonly options: readonly string[];
}

/** Copies a tree from this host into a directory of the engine's; what `run_sync` asks for. */
export interface TreeCopy {
  readonly sourceDirectory: string;
  /** A directory on the engine's host that ends as the source is, but for what is excluded. */
  readonly targetDirectory: string;
  readonly user: string;
  /** rsync patterns (`*.bak`) or paths. What is excluded is also removed from the target. */
  readonly excludePaths: readonly string[];
  /** Symbolic links that are copied as what they point to. */
  readonly symLinksToFollow: readonly string[];
  readonly mark?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (percent: number) => void;
}

/**
 * One host. Connections stay warm: opening costs once, not per call. All calls may run concurrently.
 *
 * Commands run as an environment user that the engine's configuration allows, never as root unless that is the user.
 * Errors: `HOST_UNREACHABLE`, `HOST_USER_REFUSED`, `TIME_LIMIT`, `CANCELED`, `PLUGIN_LIMIT`.
 */
export interface HostConnection {
  facts(): Promise<HostFacts>;
  /** @throws EngineError `HOST_USER_REFUSED` where the user does not exist there or is not allowed. */
  checkUser(user: string): Promise<{ readonly uid: number; readonly gid: number; readonly home: string }>;
  /** Runs a command to its end; a non-zero exit is a result, not an error. Daemons that it leaves behind live on. */
  run(command: HostCommand): Promise<CommandResult>;
  /**
   * Makes the target equal to the source: content, hard links, sparse files, symbolic links, ACLs, extended attributes,
   * times, modes, numeric owners. Unchanged blocks of changed files stay shared with the last snapshot.
   * @throws EngineError `SOURCE_UNREADABLE` naming each file that could not be read, `STORAGE_FULL`,
   * `STORAGE_UNSUITABLE` (no ACLs or extended attributes), `PATH_INVALID`
   */
  copyTree(copy: TreeCopy): Promise<{ readonly bytesChanged: number }>;
  lookAt(path: string): Promise<PathFacts>;
  /** What is mounted, in the order of mounting. As long as nothing has changed, this may be the very same array. */
  mountTable(): Promise<readonly MountTableLine[]>;
  /** Ends every process that carries the mark (a prefix ends all that begin with it), with all its descendants. Returns how many. */
  endMarked(markPrefix: string): Promise<number>;
  /** Ends every process that uses the mount at the path. Returns how many; none where nothing is mounted. */
  endUsersOf(path: string): Promise<number>;
  readonly elevated: ElevatedCommands;
  close(): Promise<void>;
}

/**
 * The closed list of what the engine does with more rights than an environment user has. Each acts on exactly the path
 * that it is given: a symbolic link on the way is refused with `PATH_INVALID`. Other failures are
 * `MOUNT_FAILED`, with the system's code for it (`ENOENT`) as `details.reason`.
 */
export interface ElevatedCommands {
  /** Mounts made below it stay there; set-user-ID programs and device files have no power in it. */
  bindMount(source: string, target: string, mark?: string): Promise<void>;
  /** @throws EngineError `MOUNT_BUSY` naming the processes that hold it */
  unmount(target: string, mark?: string): Promise<void>;
  makeDirectory(path: string): Promise<void>;
  /** Removes an empty directory; one that is not there, or not empty, is left alone. */
  removeDirectory(path: string): Promise<void>;
  makeSymlink(target: string, path: string): Promise<void>;
  removeSymlink(path: string): Promise<void>;
  /** Sets the owner of one file or directory, never of what is below it. */
  changeOwner(path: string, uid: number, gid: number): Promise<void>;
}
