#!/usr/bin/env node
import { EngineError, sentences } from "@opendvp/model";
import { startProgramsApart } from "@opendvp/subprocess";
import { parseOptions, USAGE } from "./configuration/engine-options.ts";
import type { EngineEvent } from "./engine-event.ts";
import { runEngine } from "./run-engine.ts";
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
  const run = await runEngine(options, tell);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      run
        .stop()
        .then(endStarter)
        .then(
          () => process.exit(0),
          (error: unknown) => {
            process.stderr.write(`${String(error)}\n`);
            process.exit(1);
          },
        );
    });
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
