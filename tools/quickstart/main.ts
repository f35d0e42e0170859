import { spawnSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { chooseSource } from "./choose-source.ts";
import { claimDirectory } from "./claim-directory.ts";
import { startEngineSession } from "./engine-session.ts";
import { figuresTable } from "./figures-table.ts";
import { formatDuration } from "./format-quantity.ts";
import { parseOptions, USAGE, type QuickstartOptions } from "./options.ts";
import { tour } from "./tour.ts";

const CLEANER = join(import.meta.dirname, "../remove-leftovers.sh");

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Ends whatever lives in the tour's directory, of this run or of a killed one. */
function cleanUp(directory: string): void {
  spawnSync(CLEANER, [directory], { stdio: ["ignore", "inherit", "inherit"] });
}

/** Ctrl-C ends the tour, not the engine, which is a program of its own. */
function cleanUpWhenInterrupted({ directory }: QuickstartOptions): void {
  for (const [signal, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => {
      say(`\n${signal}: cleaning up.`);
      cleanUp(directory);
      process.exit(exitCode);
    });
  }
}

async function quickstart(options: QuickstartOptions): Promise<void> {
  const source = await chooseSource(options.source, { from: process.env["OPENDVP_CALLED_FROM"] ?? process.cwd() });
  await claimDirectory(options.directory, cleanUp);
  cleanUpWhenInterrupted(options);
  await mkdir(join(options.directory, "copies"), { recursive: true });
  say(`Starting an engine in ${options.directory}.`);
  const session = await startEngineSession(options);
  try {
    say(`Linking ${source}.`);
    const figures = await tour({
      dvp: session.dvp,
      source,
      directory: options.directory,
      hostUser: options.user,
      onStep: ({ step, durationMs }) => {
        say(`  ${formatDuration(durationMs).padStart(8)}  ${step}`);
      },
      onShown: (line) => {
        say(`            ${line}`);
      },
    });
    console.log(options.isJson ? JSON.stringify(figures, null, 2) : ["", ...figuresTable(figures)].join("\n"));
  } finally {
    if (options.isKept) {
      say(`\nThe engine goes on at ${session.address}, user ${session.user}, password ${session.password}.`);
      say(`Stop it with: tools/remove-leftovers.sh ${options.directory}`);
    } else {
      await session.stop();
      cleanUp(options.directory);
    }
  }
}

try {
  const options = parseOptions(process.argv.slice(2), userInfo());
  if (options.isHelp) console.log(USAGE);
  else await quickstart(options);
} catch (error) {
  say(`quickstart: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
