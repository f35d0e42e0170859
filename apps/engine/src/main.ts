#!/usr/bin/env node
import { EngineError } from "@opendvp/model";
import { parseOptions, USAGE } from "./configuration/engine-options.ts";
import { runEngine } from "./run-engine.ts";

/** Arguments → compose → listen → orderly shutdown. Standard output carries one JSON line an event, the log goes to standard error. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(USAGE);
    return;
  }
  const run = await runEngine(options, (event) => process.stdout.write(`${JSON.stringify(event)}\n`));
  // The engine outlives whoever started it and stopped listening.
  process.stdout.on("error", () => undefined);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      run.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: unknown) => {
  const shape = EngineError.from(error).toShape();
  process.stdout.write(`${JSON.stringify({ event: "failed", ...shape })}\n`);
  process.stderr.write(`${shape.code}: ${shape.message} ${shape.action}\n`);
  if (shape.code === "INTERNAL" && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  process.exit(1);
});
