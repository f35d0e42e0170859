import { stat } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "@opendvp/model";
import { Command } from "commander";
import { configureProgram } from "../command/configure-program.ts";
import { problemText } from "../commands/build.ts";
import { builtWords } from "../commands/toolkit/build.ts";
import type { Terminal } from "../terminal.ts";
import { VERSION } from "../version.ts";

/** The program of old, with its own arguments, beside `dvp toolkit build`. */
export function createBuildToolkit(terminal: Terminal): Command {
  return configureProgram(new Command("build-toolkit"), terminal)
    .description("Check a toolkit and make its artifact.")
    .version(VERSION, "--version")
    .argument("<source-dir>", "the toolkit's directory, or the one that it lies in")
    .argument("<name>", "the toolkit's name")
    .argument("<output>", "the artifact to write, directories included; in one that exists, it is called NAME.json")
    .action(async (sourceDir: string, name: string, output: string) => {
      const { buildToolkit, checkToolkit } = await import("@opendvp/plugin-tools");
      const sourceDirectory = await findToolkit(sourceDir, name);
      mustBeCalled(name, (await checkToolkit(sourceDirectory)).parts?.name);
      const artifactFile = (await isDirectory(output)) ? join(output, `${name}.json`) : output;
      const built = await buildToolkit({ sourceDirectory, artifactFile });
      for (const warning of built.warnings) terminal.err(`Warning: ${problemText(warning)}\n`);
      terminal.out(builtWords(built));
    });
}

async function findToolkit(sourceDir: string, name: string): Promise<string> {
  const candidates = [join(sourceDir, name), sourceDir];
  for (const directory of candidates) if (await isFile(join(directory, "main.json"))) return directory;
  throw new EngineError("NOT_FOUND", `There is no toolkit ${name}: neither ${candidates.join(" nor ")} has a main.json.`, {
    action: "Name the toolkit's directory, or the one that it lies in.",
    details: { looked: candidates },
  });
}

/** A toolkit that has problems has no name yet: the build tells them. */
function mustBeCalled(name: string, actual: string | undefined): void {
  if (actual === undefined || actual === name) return;
  throw new EngineError("INPUT_INVALID", `The toolkit there is called ${actual}, not ${name}.`, {
    action: "Name the toolkit as its main.json does.",
  });
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
