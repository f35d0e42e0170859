import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { EventEmitter } from "node:events";
import { basename } from "node:path";
import { PROGRAMS_APART, type ProgramApart } from "@opendvp/subprocess";
import type { JobTracer } from "./job-tracer.ts";

const CHANNEL = "child_process";

/** What Node.js tells of each child that it starts. */
interface Announced {
  readonly process: EventEmitter & { readonly spawnfile: string | null; readonly pid?: number };
}

/** Makes a span of each program that a job starts: its name alone, nothing that it is told. Returns how to stop. */
export function traceProcesses(tracer: JobTracer): () => void {
  const onStart = (message: unknown): void => {
    const { process: child } = message as Announced;
    const opened = tracer.open({ kind: "process", name: "program" });
    if (opened === undefined) return;
    // It is announced before it has a name, and ends without an exit where it could not be started.
    queueMicrotask(() => {
      opened.rename(basename(child.spawnfile ?? "program"));
      if (child.pid === undefined) opened.end();
    });
    child.once("exit", opened.end);
  };
  const onHandedOn = (message: unknown): void => {
    const { file, ended } = message as ProgramApart;
    const opened = tracer.open({ kind: "process", name: basename(file) });
    if (opened !== undefined) void ended.then(opened.end);
  };
  subscribe(CHANNEL, onStart);
  subscribe(PROGRAMS_APART, onHandedOn);
  return () => {
    unsubscribe(CHANNEL, onStart);
    unsubscribe(PROGRAMS_APART, onHandedOn);
  };
}
