import { cpus, loadavg, release, totalmem } from "node:os";

/** What figures were measured on. */
export interface Machine {
  readonly processors: number;
  readonly model: string;
  readonly memoryBytes: number;
  readonly kernel: string;
  readonly node: string;
}

export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processors: processors.length,
    model: processors[0]?.model ?? "unknown",
    memoryBytes: totalmem(),
    kernel: release(),
    node: process.version,
  };
}

/** How many processes wanted a processor in the last minute: above the number of processors, figures tell of the neighbours. */
export function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}
