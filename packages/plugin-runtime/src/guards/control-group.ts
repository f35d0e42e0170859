/** Limits of one plugin process, kept by the kernel for it and all its children. */
export interface ControlGroup {
  /** Files that a process writes 0 to, to enter. */
  readonly entries: readonly string[];
  wasOutOfMemory(): boolean;
  /** Whether it was refused a process or thread. */
  wasOutOfProcesses(): boolean;
  /** After all its processes have ended. */
  remove(): Promise<void>;
}

export interface GroupLimits {
  readonly memoryLimitBytes: number;
  readonly processLimit: number;
}

/** Makes control groups below the engine's own. */
export interface ControlGroups {
  /** Those of engines that were killed. */
  removeLeftovers(): Promise<void>;
  create(limits: GroupLimits): Promise<ControlGroup>;
}
