import { homedir, userInfo } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { EngineError } from "@opendvp/model";
import { parseCatalog, type CatalogOption } from "./catalog-option.ts";
import { parseStorage, type StorageOption } from "./storage-option.ts";

/** What the engine is started with. */
export interface EngineOptions {
  readonly dataDirectory: string;
  /** Absent: what the data directory was set up with, else the machine's best. */
  readonly storage?: StorageOption;
  readonly catalog?: CatalogOption;
  readonly listen?: { readonly host: string; readonly port: number };
  /** Users of this machine that may be environment users. Absent: as set up. */
  readonly environmentUsers?: readonly string[];
  /** Instead of serving: takes everything off this machine's hosts and unmounts the pool. */
  readonly takeDown?: { readonly isForced: boolean };
}

export const USAGE = `Usage: opendvp-engine [options]

  --data-dir DIR            catalog, keys, artifacts, logs (root: /var/lib/opendvp, else ~/.local/share/opendvp)
  --storage SPEC            where datasets live; kept for later starts
                              zfs:DATASET    a ZFS dataset, made when absent, e.g. zfs:tank/opendvp
                              btrfs:DIR      a directory on btrfs
                              reflink:DIR    a directory on XFS or btrfs: thin copies, made file by file
                              copy:DIR       any directory: full copies
                              embedded:SIZE  a btrfs in a sparse file of the engine's own, e.g. embedded:50G
  --catalog ADDRESS         sqlite | postgresql://USER@HOST/DATABASE, without a password: that is looked up in PGPASSFILE
                            or ~/.pgpass; kept for later starts
  --listen HOST:PORT        default 127.0.0.1:8420; port 0 takes a free one; kept for later starts
  --environment-user NAME   a user of this machine that commands may run as; repeatable; kept for later starts
  --unmount                 takes datasets and the pool off this machine, and ends; the next start brings them back
  --force                   with --unmount: goes on after errors of plugins, and ends what uses a dataset
  --help
`;

/** @throws EngineError `INPUT_INVALID` */
export function parseOptions(args: readonly string[]): EngineOptions | "help" {
  const values = parsed(args);
  if (values.help === true) return "help";
  if (values.force === true && values.unmount !== true)
    throw new EngineError("INPUT_INVALID", "--force goes with --unmount.", { action: "See opendvp-engine --help." });
  return {
    dataDirectory: resolve(values["data-dir"] ?? defaultDataDirectory()),
    ...(values.storage === undefined ? {} : { storage: parseStorage(values.storage) }),
    ...(values.catalog === undefined ? {} : { catalog: parseCatalog(values.catalog) }),
    ...(values.listen === undefined ? {} : { listen: parseListen(values.listen) }),
    ...(values["environment-user"] === undefined ? {} : { environmentUsers: values["environment-user"] }),
    ...(values.unmount === true ? { takeDown: { isForced: values.force === true } } : {}),
  };
}

function parsed(args: readonly string[]) {
  try {
    const options = {
      "data-dir": { type: "string" },
      storage: { type: "string" },
      catalog: { type: "string" },
      listen: { type: "string" },
      "environment-user": { type: "string", multiple: true },
      unmount: { type: "boolean" },
      force: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    } as const;
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    throw new EngineError("INPUT_INVALID", error instanceof Error ? error.message : String(error), {
      action: "See opendvp-engine --help.",
    });
  }
}

function defaultDataDirectory(): string {
  return userInfo().uid === 0 ? "/var/lib/opendvp" : `${homedir()}/.local/share/opendvp`;
}

const LISTEN = /^(?<host>\[[0-9a-fA-F:]+\]|[^:\s]+):(?<port>\d{1,5})$/;

function parseListen(text: string): { host: string; port: number } {
  const { host, port } = LISTEN.exec(text)?.groups ?? {};
  if (host === undefined || port === undefined || Number(port) > 65_535) {
    throw new EngineError("INPUT_INVALID", `${JSON.stringify(text)} is no HOST:PORT.`, { action: "Give one such as 127.0.0.1:8420." });
  }
  return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
}
