import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import { everyRoute } from "@opendvp/contract";
import type { EngineUnderTest } from "../engine-under-test/index.ts";

/** What goes on by itself: monitoring, measuring, and the record of what was asked. */
const MOVING = new Set(["usage", "size", "storage_size", "data_storage_used", "status", "last_used_time"]);
const RECORDS = new Set(["jobs", "actions"]);

type Listing = Parameters<typeof listAll<object>>[0];

/** All that the engine lists, what is mounted, and what lies in a test's directory outside of the engine's own. */
export async function engineState(engine: EngineUnderTest): Promise<Readonly<Record<string, unknown>>> {
  const state: Record<string, unknown> = {};
  const nouns = engine.client as unknown as Record<string, Record<string, (input: object) => ReturnType<Listing>>>;
  for (const { noun, verb, route } of everyRoute()) {
    const list = nouns[noun]?.[verb];
    if (route.method !== "GET" || verb !== "list" || route.path.includes("{") || RECORDS.has(noun) || list === undefined) continue;
    state[noun] = (await listAll((query) => list({ query }))).map(still);
  }
  for (const { id } of [...listed(state, "dsources"), ...listed(state, "vdbs")]) {
    state[`hooks of ${id}`] = await engine.client.hooks.list({ params: { datasetId: id } });
  }
  for (const { id } of listed(state, "environments")) {
    state[`users of ${id}`] = await engine.client.environments.listUsers({ params: { environmentId: id } });
  }
  return { ...state, mounts: await mounts(engine.directory), files: await filesBelow(engine.directory) };
}

/** The lists that the state knows, so that a test sees that it is about something. */
export function listed(state: Readonly<Record<string, unknown>>, noun: string): readonly { readonly id: string }[] {
  return (state[noun] ?? []) as readonly { readonly id: string }[];
}

function still(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !MOVING.has(name)));
}

/** Of the whole machine, but for where other tests mount what is theirs. */
async function mounts(directory: string): Promise<readonly string[]> {
  const table = await readFile("/proc/self/mountinfo", "utf8");
  return table
    .split("\n")
    .map((line) => line.split(" ").slice(3, 5).join(" at "))
    .filter((mount) => mount.includes(` at ${directory}/`) || !/ at \/(?:var\/)?tmp\//.test(mount))
    .sort();
}

/** Names only, and not those of the engine's own directories, nor where commands run. */
async function filesBelow(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory);
  const own = entries.filter((name) => !/^(?:engine.*|pool.*|work)$/.test(name));
  const below = await Promise.all(own.map((name) => readdir(join(directory, name), { recursive: true }).catch(() => [])));
  return own.flatMap((name, index) => [name, ...(below[index] ?? []).map((path) => `${name}/${path}`)]).sort();
}
