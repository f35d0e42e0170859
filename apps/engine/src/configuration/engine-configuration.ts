import { randomUUID } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { access, mkdir, open, readFile, rename } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import type { MonitoringIntervals, TimeLimits } from "@opendvp/core";
import { findHostUser } from "@opendvp/hosts";
import { EngineError } from "@opendvp/model";
import type { PluginLimits } from "@opendvp/plugin-runtime";
import { findProgram } from "../adapters/find-program.ts";
import { chooseCatalog, type CatalogOption } from "./catalog-option.ts";
import type { EngineOptions } from "./engine-options.ts";
import { parseConfiguration } from "./parse-configuration.ts";
import { DEFAULT_EMBEDDED_BYTES, type StorageOption } from "./storage-option.ts";

/** What an engine was set up with, kept in its data directory; options of a later start change it. */
export interface EngineConfiguration {
  /** Never the same for two engines: it is in their marks and labels. */
  readonly engineId: string;
  readonly storage: StorageOption;
  readonly catalog: CatalogOption;
  readonly listen: { readonly host: string; readonly port: number };
  readonly environmentUsers: readonly string[];
  /** Changed in the file itself; a member that is left out has its default. */
  readonly timeLimits?: Partial<TimeLimits>;
  readonly monitoring?: Partial<MonitoringIntervals>;
  readonly actions?: { readonly keepDays?: number };
  /** Of a plugin's language, where it is not to be looked for. */
  readonly interpreters?: Readonly<Record<string, string>>;
  readonly plugins?: Partial<PluginLimits>;
}

const FILE = "configuration.json";
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "its user may not write there",
  EPERM: "its user may not write there",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of the path is no directory",
  EEXIST: "it is no directory",
  // What a read-only file system answers where several directories would have to be made.
  ENOENT: "it cannot be made",
};
const DEFAULT_LISTEN = { host: "127.0.0.1", port: 8420 };

/** The user that set-up makes for commands on the engine's own host. */
export const SET_UP_USER = "opendvp";

/** What a start goes by, and how it is kept for later ones. */
export interface Configuring {
  readonly configuration: EngineConfiguration;
  /** Keeps it. `isHeard` once the engine listens: an address that cannot be had is never kept. */
  readonly keep: (isHeard: boolean) => Promise<void>;
}

/**
 * Reads the configuration of a data directory and lets the options change it. Nothing is kept yet: a start that fails
 * must not leave the next one with its mistake. @throws EngineError `HOST_USER_REFUSED`, before anything is made, for a user who is
 * not there
 */
export async function configure(options: EngineOptions): Promise<Configuring> {
  const { dataDirectory } = options;
  // Those of former starts may have gone since: that concerns the environments that use them, not the start.
  for (const user of options.environmentUsers ?? []) await findHostUser(user);
  await makeDataDirectory(dataDirectory);
  const file = join(dataDirectory, FILE);
  const former = await readConfiguration(file);
  const configuration: EngineConfiguration = {
    ...former,
    engineId: former?.engineId ?? randomUUID(),
    storage: options.storage ?? former?.storage ?? (await defaultStorage(dataDirectory)),
    catalog: chooseCatalog(options.catalog, former),
    listen: options.listen ?? former?.listen ?? DEFAULT_LISTEN,
    environmentUsers: options.environmentUsers ?? former?.environmentUsers ?? defaultUsers(),
  };
  const keep = (isHeard: boolean): Promise<void> => {
    const kept = isHeard ? configuration : { ...configuration, listen: former?.listen ?? DEFAULT_LISTEN };
    return writeDurably(file, `${JSON.stringify(kept, null, 2)}\n`);
  };
  return { configuration, keep };
}

/** Whether an engine was ever set up on a data directory. */
export function isSetUp(dataDirectory: string): boolean {
  return existsSync(join(dataDirectory, FILE));
}

async function makeDataDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw unusable(directory, cause);
  }
}

function unusable(directory: string, cause: unknown): EngineError {
  const reason = cause instanceof Error && "code" in cause ? REASONS[String(cause.code)] : undefined;
  return new EngineError("PATH_INVALID", `The engine cannot use the data directory ${directory}: ${reason ?? String(cause)}.`, {
    action: "Let the engine's user write there, or give another one with --data-dir.",
    details: { dataDirectory: directory },
    cause,
  });
}

async function readConfiguration(file: string): Promise<EngineConfiguration | undefined> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  // The schema that it has passed says the same as the interface.
  return text === undefined ? undefined : (parseConfiguration(file, text) as unknown as EngineConfiguration);
}

// Thin copies where the machine gives them, and never a silent full copy: the engine's status says which it is.
async function defaultStorage(dataDirectory: string): Promise<StorageOption> {
  const isRoot = userInfo().uid === 0;
  return isRoot && (await findProgram("mkfs.btrfs")) !== undefined
    ? { kind: "embedded", sizeBytes: DEFAULT_EMBEDDED_BYTES }
    : { kind: "copy", directory: join(dataDirectory, "pool") };
}

function defaultUsers(): readonly string[] {
  return userInfo().uid === 0 ? [SET_UP_USER] : [userInfo().username];
}

/** Writes a file so that a crash leaves either the former or the new one. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  const directory = await open(dirname(file), "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
