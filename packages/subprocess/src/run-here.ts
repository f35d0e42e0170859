import { basename } from "node:path";
import { constants } from "node:os";
import { EngineError } from "@opendvp/model";
import { collectOutput, type Output } from "./collect-output.ts";
import type { ProcessExit, ProcessRequest, ProcessResult, RunningProcess } from "./process-request.ts";
import { startProcess } from "./start-process.ts";
import { startWithPipes } from "./start-with-pipes.ts";

const DEFAULT_OUTPUT_LIMIT_BYTES = 192 * 1024 * 1024;

/** What `runProcess` promises, with this very process as the parent. */
export async function runHere(request: ProcessRequest): Promise<ProcessResult> {
  if (request.signal?.aborted === true) throw canceled(request);
  const child = await start(request);
  const { outputLimitBytes: limitBytes = DEFAULT_OUTPUT_LIMIT_BYTES, onOutput, countOutput } = request;
  const output = collectOutput(child, { limitBytes, onOutput, countOutput });
  const watch = watchLimits(request, output);
  try {
    const exit = await Promise.race([child.exited, watch.passed]);
    await Promise.race([output.drained(), watch.passed]);
    return { exitCode: shellExitCode(exit), stdout: output.stdout(), stderr: output.stderr() };
  } catch (error) {
    await child.end();
    throw error;
  } finally {
    watch.stop();
    output.release();
  }
}

/** Without the limits: here they end in an error, not only in the end of the child. */
function start(request: ProcessRequest): Promise<RunningProcess> | RunningProcess {
  const { signal: _signal, timeLimitMs: _timeLimitMs, ...rest } = request;
  const unlimited = { ...rest, stdin: request.stdin ?? "ignore" };
  return request.inputTexts === undefined ? startProcess(unlimited) : startWithPipes(unlimited, request.inputTexts);
}

/** `passed` rejects with the limit that was passed first. */
function watchLimits(request: ProcessRequest, output: Output): { readonly passed: Promise<never>; stop(): void } {
  const { signal, timeLimitMs } = request;
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const passed = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(canceled(request));
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    if (timeLimitMs !== undefined)
      timer = setTimeout(() => {
        reject(tookTooLong(request, timeLimitMs));
      }, timeLimitMs);
    output.exceeded.then((limitBytes) => {
      reject(saidTooMuch(request, limitBytes));
    }, reject);
  });
  // Without a listener of its own, a limit passed after the race would count as unhandled.
  passed.catch(() => undefined);
  const stop = (): void => {
    clearTimeout(timer);
    if (onAbort !== undefined) signal?.removeEventListener("abort", onAbort);
  };
  return { passed, stop };
}

function shellExitCode(exit: ProcessExit): number {
  return exit.exitCode ?? 128 + (exit.signal === null ? 0 : constants.signals[exit.signal]);
}

function nameOf(request: ProcessRequest): string {
  return request.label ?? basename(request.file);
}

function canceled(request: ProcessRequest): EngineError {
  return new EngineError("CANCELED", `${nameOf(request)} was canceled`, { cause: request.signal?.reason });
}

function tookTooLong(request: ProcessRequest, limitMs: number): EngineError {
  return new EngineError("TIME_LIMIT", `${nameOf(request)} took longer than ${String(limitMs / 1000)} s and was ended`, {
    action: "Find out what it waits for, or raise the time limit.",
    details: { limitMs },
  });
}

function saidTooMuch(request: ProcessRequest, limitBytes: number): EngineError {
  return new EngineError("PLUGIN_LIMIT", `${nameOf(request)} wrote more than ${String(limitBytes)} bytes of output and was ended`, {
    action: "Write less to stdout and stderr, for example into a file, or raise the limit.",
    details: { limitBytes, exceededBy: "output" },
  });
}
