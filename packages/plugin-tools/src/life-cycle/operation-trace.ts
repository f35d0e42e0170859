import { isOperationName, type OperationName } from "@opendvp/model";

/** A call of one of the plugin's operations, as the engine's log tells it. */
export interface TracedOperation {
  readonly operation: OperationName;
  /** The job that called it; absent for monitoring. */
  readonly job?: string;
  readonly endedAt: string;
  readonly durationMs: number;
  readonly hasFailed: boolean;
}

const LINE = /^(\S+) DEBUG \[([^\]]*)\] (\w+\.\w+) (answered|failed) after (\d+) ms$/;
const JOB = /(?:^|\|)(JOB-\d+)(?:\||$)/;

/** The calls in a plugin's debug.log, in the order in which they ended. One that the engine cancelled says nothing of the plugin. */
export function readOperationTrace(debugLog: string): readonly TracedOperation[] {
  return debugLog.split("\n").flatMap((line): readonly TracedOperation[] => {
    const [, endedAt = "", subject = "", operation = "", outcome, duration] = LINE.exec(line) ?? [];
    if (!isOperationName(operation)) return [];
    const job = JOB.exec(subject)?.[1];
    return [{ operation, ...(job === undefined ? {} : { job }), endedAt, durationMs: Number(duration), hasFailed: outcome === "failed" }];
  });
}
