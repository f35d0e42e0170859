#!/usr/bin/env node
import { run } from "./run.ts";
import { processTerminal } from "./terminal.ts";

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on("error", (cause: NodeJS.ErrnoException) => process.exit(cause.code === "EPIPE" ? 0 : 1));
// Whoever listened may have gone, such as a terminal that was closed: what is to be taken away then still is.
process.stderr.on("error", () => undefined);

process.exitCode = await run(process.argv.slice(2), processTerminal());
