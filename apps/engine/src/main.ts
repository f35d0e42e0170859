#!/usr/bin/env node
import { EngineError, sentences } from "@opendvp/model";
import { startProgramsApart } from "@opendvp/subprocess";
import { parseOptions, USAGE } from "./configuration/engine-options.ts";
import type { EngineEvent } from "./engine-event.ts";
import { type EngineRun, runEngine } from "./run-engine.ts";
import { takeDownEngine } from "./take-down-engine.ts";

/** Arguments → compose → listen → orderly shutdown. Standard output carries one JSON line an event, the log goes to standard error. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(USAGE);
    return;
  }
  // The engine outlives whoever started it and stopped listening.
  process.stdout.on("error", () => undefined);
  if (options.takeDown !== undefined) return takeDownEngine(options, tell);
  const endStarter = startProgramsApart();
  const running = runEngine(options, tell);
  // Before it has told that it is ready: from then on it may be asked to end. A second signal ends it at once.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void endInOrder(running, endStarter));
  await running;
}

async function endInOrder(running: Promise<EngineRun>, endStarter: () => Promise<void>): Promise<void> {
  const run = await running.catch(() => undefined);
  if (run === undefined) return;
  try {
    await run.stop();
    await endStarter();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  }
}

function tell(event: EngineEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

main().catch((error: unknown) => {
  const shape = EngineError.from(error).toShape();
  tell({ event: "failed", ...shape });
  process.stderr.write(`${shape.code}: ${sentences(shape.message, shape.action)}\n`);
  if (shape.code === "INTERNAL" && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  process.exit(1);
});
