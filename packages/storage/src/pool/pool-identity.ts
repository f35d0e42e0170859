import { randomUUID } from "node:crypto";
import { chmod, mkdir, readFile } from "node:fs/promises";
import type { PoolOpening } from "@opendvp/core";
import { EngineError, isJsonObject, type JsonObject } from "@opendvp/model";
import { isAbsent } from "./is-there.ts";
import type { PoolLayout } from "./pool-layout.ts";
import { poolUnavailable } from "./storage-error.ts";
import { replaceDurably } from "./write-durably.ts";

const FORMAT = 1;

/** The id by which a driver recognises its pool for as long as it is open. */
export interface PoolIdentity {
  readonly id: string;
}

/**
 * Makes the directories of a pool, or adopts those that are there. The identity file comes last: with it, the pool is whole.
 * @throws EngineError `STORAGE_UNSUITABLE` where the directory belongs to another back end or a newer engine
 */
export async function establishPool(layout: PoolLayout, technology: string): Promise<PoolIdentity> {
  await mkdir(layout.location, { recursive: true, mode: 0o700 });
  const present = await readIdentity(layout);
  if (present !== undefined) return checked(present, layout, technology);
  await chmod(layout.location, 0o700);
  for (const directory of layout.directories) await mkdir(directory, { recursive: true, mode: 0o700 });
  const id = randomUUID();
  await writePoolFile(layout, { format: FORMAT, technology, id });
  return { id };
}

/** Whether a directory is a pool already, of whatever back end. */
export async function isPool(layout: PoolLayout): Promise<boolean> {
  return (await readIdentity(layout)) !== undefined;
}

/** What the identity file of a pool that was opened says, and may be told to say besides. */
export async function readPoolFile(layout: PoolLayout): Promise<JsonObject> {
  return parsed((await readIdentity(layout)) ?? "") ?? {};
}

export async function writePoolFile(layout: PoolLayout, content: JsonObject): Promise<void> {
  await replaceDurably(layout.identityFile, `${JSON.stringify(content)}\n`, layout.unfinishedIdentityFile);
}

/** @throws EngineError `STORAGE_UNAVAILABLE` where a pool that must exist has no identity */
export async function mustBeThere(layout: PoolLayout, { mustExist = false }: PoolOpening): Promise<void> {
  if (!mustExist || (await isPool(layout))) return;
  throw poolUnavailable(layout.location, "its identity file is not there; its file system seems not to be mounted");
}

/**
 * Makes sure that the pool is still the one that was opened. An unmounted pool leaves an empty directory behind, and
 * another one may have been mounted there: both must never be written to.
 * @throws EngineError `STORAGE_UNAVAILABLE`
 */
export async function checkPresence(layout: PoolLayout, identity: PoolIdentity): Promise<void> {
  let text: string;
  try {
    text = await readFile(layout.identityFile, "utf8");
  } catch (error) {
    throw poolUnavailable(layout.location, "its identity file cannot be read; it seems to be unmounted", error);
  }
  if (parsed(text)?.["id"] !== identity.id) throw poolUnavailable(layout.location, "another pool is mounted in its place");
}

async function readIdentity(layout: PoolLayout): Promise<string | undefined> {
  try {
    return await readFile(layout.identityFile, "utf8");
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw poolUnavailable(layout.location, "its identity file cannot be read", error);
  }
}

function checked(text: string, layout: PoolLayout, technology: string): PoolIdentity {
  const identity = parsed(text);
  const id = identity?.["id"];
  const problem =
    identity === undefined || typeof id !== "string" || id === ""
      ? "its pool.json is damaged"
      : identity["technology"] !== technology
        ? `it was made by the back end ${JSON.stringify(identity["technology"])}`
        : identity["format"] !== FORMAT
          ? `it has the format ${JSON.stringify(identity["format"])}, which this version does not know`
          : undefined;
  if (problem === undefined && typeof id === "string") return { id };
  throw new EngineError(
    "STORAGE_UNSUITABLE",
    `The directory ${JSON.stringify(layout.location)} cannot be a ${technology} pool: ${problem}.`,
    {
      action: "Choose another directory, or open the pool with the back end and version that made it.",
    },
  );
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
