#!/usr/bin/env node
import { runProgram } from "../run.ts";
import { processTerminal } from "../terminal.ts";
import { createBuildToolkit } from "./program.ts";

const terminal = processTerminal();

process.exitCode = await runProgram(createBuildToolkit(terminal), process.argv.slice(2), terminal);
