import type { ProcessExit } from "@opendvp/subprocess";

/** Makes files of this machine visible to a plugin process. */
export interface View {
  /** Shows a file or directory under a name of its own; returns the absolute path that the process sees it at. */
  show(hostPath: string, name: string): string;
  /** Shows a directory where it is: for programs that were built to find their files by an absolute path. */
  showInPlace(hostPath: string): void;
}

export interface HostCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** How a process of a language ended, and the last that it wrote to stderr. */
export interface ProcessEnd {
  readonly exit: ProcessExit;
  readonly stderr: string;
}

/** What runs plugins of a language on this machine. Speaks the plugin protocol on descriptors 3 (in) and 4 (out). */
export interface HostProgram {
  command(view: View, limits: { readonly memoryLimitBytes: number }): HostCommand;
  /** Whether the language itself gave up because there was no memory left. */
  ranOutOfMemory(end: ProcessEnd): boolean;
}

/** How plugin processes of some languages are started. */
export interface LanguageHost {
  /** As plugin configs name them. */
  readonly languages: readonly string[];
  /** @throws EngineError `INTERPRETER_MISSING` */
  locate(language: string): Promise<HostProgram>;
}
