import { parseArgs } from "node:util";

export interface QuickstartOptions {
  /** The directory to link; absent = something real that this machine has. */
  readonly source: string | undefined;
  /** Leaves the engine running. */
  readonly isKept: boolean;
  /** Prints the figures as JSON, everything else to stderr. */
  readonly isJson: boolean;
  /** Where the engine, its pool and the copies live. */
  readonly directory: string;
  readonly isHelp: boolean;
}

export const USAGE = `./quickstart [--source DIR] [--keep] [--json] [--directory DIR]

Shows virtual copies on this machine: starts an engine, links a directory of real files, hands out two writable
copies, changes one, rewinds and refreshes it, and prints what each step took in time and in space.

  --source DIR      link this directory instead of one that the machine has anyway; it is only read
  --keep            leave the engine running and print its address, user and password
  --json            print the figures as JSON
  --directory DIR   where engine, pool and copies live; it is emptied at each start
`;

/** @throws Error with a sentence for the user where the arguments make no sense */
export function parseOptions(args: readonly string[], userId: number): QuickstartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      source: { type: "string" },
      keep: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      directory: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  // Root's copies must be reachable by the user whose commands run in them, so they cannot live in root's home.
  const directory = values.directory ?? (userId === 0 ? "/var/tmp/opendvp-quickstart" : `/var/tmp/opendvp-quickstart-${userId}`);
  return { source: values.source, isKept: values.keep, isJson: values.json, directory, isHelp: values.help };
}
