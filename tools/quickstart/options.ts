import { resolve } from "node:path";
import { parseArgs } from "node:util";

export interface QuickstartOptions {
  /** The directory to link; absent = something real that this machine has. */
  readonly source: string | undefined;
  /** Shows copies of a PostgreSQL instead of copies of a directory. */
  readonly isPostgres: boolean;
  /** How much that PostgreSQL holds, as pgbench counts: 15 MB each. */
  readonly scale: number;
  /** Leaves the engine running. */
  readonly isKept: boolean;
  /** Removes an engine that an earlier run has kept in the directory. */
  readonly isReplacing: boolean;
  /** Prints the figures as JSON, everything else to stderr. */
  readonly isJson: boolean;
  /** The operating system's user that commands run as; must be able to read the source. */
  readonly user: string;
  /** Where the engine, its pool and the copies live. */
  readonly directory: string;
  readonly isHelp: boolean;
}

/** The user that set-up makes on the engine's own machine. */
const SET_UP_USER = "opendvp";

/** A little more than a gigabyte. */
const DEFAULT_SCALE = 75;

export const USAGE = `./quickstart [--source DIR | --postgres [--scale N]] [--user NAME] [--keep] [--replace] [--json] [--directory DIR]

Shows virtual copies on this machine: starts an engine, links a directory of real files, hands out two writable
copies, changes one, rewinds and refreshes it, and prints what each step took in time and in space.

  --source DIR      link this directory instead of one that the machine has anyway; it is only read
  --postgres        make a PostgreSQL with a gigabyte in it, and show copies of that under load
  --scale N         how much it holds, in steps of 15 MB (${DEFAULT_SCALE})
  --user NAME       run the commands of the copies as this user, who must be able to read the source
  --keep            leave the engine running and print its address, user and password
  --replace         remove the engine that an earlier --keep has left in the directory; without it, that is left alone
  --json            print the figures as JSON
  --directory DIR   where engine, pool and copies live: one that is empty, does not exist, or is from a former run
`;

/** Who called the quickstart, and from where: relative paths start there. */
export interface Caller {
  readonly uid: number;
  readonly username: string;
  readonly from: string;
}

const OPTIONS = {
  source: { type: "string" },
  postgres: { type: "boolean", default: false },
  scale: { type: "string", default: String(DEFAULT_SCALE) },
  user: { type: "string" },
  keep: { type: "boolean", default: false },
  replace: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  directory: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** @throws Error with a sentence for the user where the arguments make no sense */
export function parseOptions(args: readonly string[], caller: Caller): QuickstartOptions {
  const values = valuesOf(args);
  if (values.postgres && values.source !== undefined) throw new Error("--postgres makes a source of its own: leave --source out.");
  const scale = Number(values.scale);
  if (!Number.isInteger(scale) || scale < 1 || scale > 10_000) throw new Error(`--scale: ${values.scale} is no number from 1 to 10000.`);
  const isRoot = caller.uid === 0;
  return {
    source: values.source === undefined ? undefined : resolve(caller.from, values.source),
    isPostgres: values.postgres,
    scale,
    user: values.user ?? (isRoot ? SET_UP_USER : caller.username),
    isKept: values.keep,
    isReplacing: values.replace,
    isJson: values.json,
    // Root's copies must be reachable by the user whose commands run in them, so they cannot live in root's home.
    directory: resolve(caller.from, values.directory ?? `/var/tmp/opendvp-quickstart${isRoot ? "" : `-${caller.uid}`}`),
    isHelp: values.help,
  };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}. ./quickstart --help shows what there is.`, {
      cause: error,
    });
  }
}
