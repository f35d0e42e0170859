import { spawn } from "node:child_process";
import { writeFileSync, rmSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { PlatformLibraries, RunCommandRequest, RunSyncRequest } from "@opendvp/core";
import { EngineError, type CommandResultValue } from "@opendvp/model";
import { noLibraries } from "../../support/runtime-harness.ts";

/** The libraries on this machine, for whoever runs the tests. */
export interface LocalLibraries extends PlatformLibraries {
  readonly commands: RunCommandRequest[];
  readonly syncs: RunSyncRequest[];
  /** Where output files of commands are; nothing else is. */
  readonly temporaryDirectory: string;
  remove(): void;
}

export function localLibraries(): LocalLibraries {
  const temporaryDirectory = mkdtempSync("/var/tmp/opendvp-test-lua-");
  const commands: RunCommandRequest[] = [];
  const syncs: RunSyncRequest[] = [];
  const run = (file: string, args: readonly string[], request: RunCommandRequest): Promise<CommandResultValue> => {
    commands.push(request);
    return runProgram(file, args, {
      PATH: process.env["PATH"] ?? "",
      TMPDIR: temporaryDirectory,
      DLPX_BIN_JQ: "/usr/bin/jq",
      ...request.variables,
    });
  };
  return {
    ...noLibraries,
    commands,
    syncs,
    temporaryDirectory,
    remove: () => rmSync(temporaryDirectory, { recursive: true, force: true }),
    runBash: (request) => run("bash", [request.useLoginShell ? "-lc" : "-c", request.command], request),
    runExpect: async (request) => {
      const script = join(temporaryDirectory, "script.exp");
      writeFileSync(script, request.command);
      const result = await run("expect", ["-f", script], request);
      rmSync(script);
      return result;
    },
    runPowershell: (request) => {
      commands.push(request);
      return Promise.reject(
        new EngineError("UNSUPPORTED", "run_powershell needs a Windows host; localhost is none.", { action: "Use run_bash." }),
      );
    },
    runSync: async (request) => void syncs.push(request),
  };
}

function runProgram(file: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<CommandResultValue> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ exitCode: code ?? 137, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}
