import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { StorageCaller } from "@opendvp/core";
import { startProcess, type RunningProcess } from "@opendvp/subprocess";
import { checkCanceled } from "../pool/check-canceled.ts";
import { programRequest, type ProgramCaller } from "../pool/run-program.ts";
import { asStorageError, programFailed } from "../pool/storage-error.ts";

const LONGEST_MESSAGE = 10_000;

/** What a program writes, as a stream that ends with an error where the program fails. Destroying it ends the program. */
export function readFromProgram(file: string, args: readonly string[], caller: ProgramCaller): Readable {
  return Readable.from(output(file, args, caller), { objectMode: false });
}

async function* output(file: string, args: readonly string[], caller: ProgramCaller): AsyncGenerator<Buffer> {
  checkCanceled(caller);
  const program = startProcess(programRequest(file, args, caller));
  const message = collect(program.stderr);
  try {
    for await (const chunk of program.stdout as AsyncIterable<Buffer>) yield chunk;
    await checkExit(file, program, { message, caller });
  } finally {
    await program.end();
  }
}

/** Feeds a stream to a program and waits for its end. Where the stream breaks off, the program is ended first. */
export async function writeToProgram(
  stream: Readable,
  program: { readonly file: string; readonly args: readonly string[] },
  caller: ProgramCaller,
): Promise<void> {
  const { stdin: _unused, ...request } = programRequest(program.file, program.args, caller);
  const running = startProcess(request);
  const message = collect(running.stderr);
  running.stdout.resume();
  let broken: unknown;
  try {
    if (running.stdin !== null) await pipeline(stream, running.stdin);
  } catch (error) {
    broken = error;
    // A program that stopped reading says why by its exit; a stream that broke must not look to it like a whole one.
    if (!isBrokenPipe(error)) await running.end();
  }
  await checkExit(program.file, running, { message, caller, ...(isBrokenPipe(broken) ? {} : { broken }) });
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EPIPE" || error.code === "ERR_STREAM_PREMATURE_CLOSE");
}

interface Ending {
  readonly message: Promise<string>;
  readonly caller: StorageCaller;
  readonly broken?: unknown;
}

async function checkExit(file: string, program: RunningProcess, ending: Ending): Promise<void> {
  const { exitCode, signal } = await program.exited;
  checkCanceled(ending.caller);
  if (ending.broken !== undefined) throw asStorageError(ending.broken, "The stream broke off");
  if (exitCode === 0) return;
  throw programFailed(`${file} failed`, (await ending.message) || `ended by ${signal ?? `exit code ${String(exitCode)}`}`);
}

async function collect(stream: Readable): Promise<string> {
  let text = "";
  stream.setEncoding("utf8");
  try {
    for await (const chunk of stream as AsyncIterable<string>) text = (text + chunk).slice(-LONGEST_MESSAGE);
  } catch {
    // What was read until the program was ended is enough.
  }
  return text;
}
