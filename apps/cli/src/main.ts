#!/usr/bin/env node
import { run } from "./run.ts";
import { processTerminal } from "./terminal.ts";

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on("error", (cause: NodeJS.ErrnoException) => process.exit(cause.code === "EPIPE" ? 0 : 1));

process.exitCode = await run(process.argv.slice(2), processTerminal());
