import { spawnSync } from "node:child_process";
import { userInfo } from "node:os";
import { join } from "node:path";
import { chooseSource } from "./choose-source.ts";
import { chooseStorage } from "./choose-storage.ts";
import { claimDirectory, keepDirectory } from "./claim-directory.ts";
import { startEngineSession } from "./engine-session.ts";
import { figuresTable } from "./figures-table.ts";
import { formatDuration } from "./format-quantity.ts";
import { parseOptions, USAGE, type QuickstartOptions } from "./options.ts";
import { tour } from "./tour.ts";

const CLEANER = join(import.meta.dirname, "../remove-leftovers.sh");

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Ends whatever lives in the tour's directory, of this run or of a killed one. Tells whether nothing is left. */
function cleanUp(directory: string): boolean {
  return spawnSync(CLEANER, ["--quiet", directory], { stdio: ["ignore", "inherit", "inherit"] }).status === 0;
}

/** Ctrl-C ends the tour, not the engine, which is a program of its own. */
function cleanUpWhenInterrupted(directory: string): void {
  const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      say(`\n${signal}: cleaning up.`);
      cleanUp(directory);
      process.exit(exitCodes[signal]);
    });
  }
}

/** Shows the figures; with `--keep` the engine goes on, else it is stopped. */
async function quickstart(options: QuickstartOptions, source: string): Promise<void> {
  say(`Starting an engine in ${options.directory}.`);
  const { storage, remark } = chooseStorage(options.directory);
  if (remark !== undefined) say(remark);
  const session = await startEngineSession({ directory: options.directory, hostUser: options.user, storage });
  say(`Linking ${source}.`);
  const figures = await tour({
    dvp: session.dvp,
    plugin: "plugins/directory",
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
  if (!options.isKept) return session.stop();
  await keepDirectory(options.directory, session.address);
  say(`\nThe engine goes on at ${session.address}, user ${session.user}, password ${session.password}.`);
  say(`End and remove it with: tools/remove-leftovers.sh ${options.directory}`);
}

async function main(): Promise<void> {
  const from = process.env["OPENDVP_CALLED_FROM"] ?? process.cwd();
  const options = parseOptions(process.argv.slice(2), { ...userInfo(), from });
  if (options.isHelp) {
    process.stdout.write(USAGE);
    return;
  }
  const source = await chooseSource(options.source);
  await claimDirectory(options.directory, { clean: cleanUp, isReplacing: options.isReplacing });
  cleanUpWhenInterrupted(options.directory);
  let isLeft = false;
  try {
    await quickstart(options, source);
    isLeft = options.isKept;
  } finally {
    if (!isLeft) cleanUp(options.directory);
  }
}

main().catch((error: unknown) => {
  say(`quickstart: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
