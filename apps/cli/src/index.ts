export { addCommand } from "./command/add-command.ts";
export { createProgram } from "./program.ts";
export { run, runProgram } from "./run.ts";
export { processTerminal, type Terminal } from "./terminal.ts";
export { createBuildToolkit } from "./build-toolkit/program.ts";
export { createUploadToolkit } from "./upload-toolkit/program.ts";
