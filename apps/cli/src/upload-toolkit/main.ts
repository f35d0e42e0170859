#!/usr/bin/env node
import { runProgram } from "../run.ts";
import { processTerminal } from "../terminal.ts";
import { createUploadToolkit } from "./program.ts";

const terminal = processTerminal();

process.exitCode = await runProgram(createUploadToolkit(terminal), process.argv.slice(2), terminal);
