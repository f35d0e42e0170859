import type { RunningProcess } from "@opendvp/subprocess";
import type { HostProgram } from "../language-host.ts";

export interface LaunchRequest {
  readonly program: HostProgram;
  /** The plugin's code. */
  readonly sourceDirectory: string;
}

/** A plugin process that has been started, behind the guards that this machine has. */
export interface Launched {
  readonly process: RunningProcess;
  /** Where the process sees the plugin's code. */
  readonly sourceDirectory: string;
  /** Whether its exit is the end of all that it started. */
  readonly isContained: boolean;
  /** Whether the machine has killed it for its memory. */
  wasOutOfMemory(): boolean;
  /** Whether the machine has refused it a process or thread. */
  wasOutOfProcesses(): boolean;
  /** Gives back what the process held, after it has ended. */
  release(): Promise<void>;
}

/** Starts plugin processes: one implementation with namespaces and users of their own, one without. */
export interface Launcher {
  /** What this machine cannot give, in words for an administrator. */
  readonly missingGuards: readonly string[];
  readonly memoryLimitBytes: number;
  readonly processLimit: number;
  /** Whether the machine itself holds processes to their limit; where not, they are watched. */
  readonly isMemoryLimited: boolean;
  launch(request: LaunchRequest): Promise<Launched>;
  close(): Promise<void>;
}
