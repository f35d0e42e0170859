import { Readable } from "node:stream";
import type { Ask, Engine, NamedCollection, Refusal } from "@opendvp/core";
import { checkName, EngineError, isJsonObject, type Json, type JsonObject, type Reference } from "@opendvp/model";
import { memoryEnvironments } from "./memory-environments.ts";
import type { Memory } from "./memory.ts";
import { MemoryJobs } from "./memory-jobs.ts";
import { memoryTogether } from "./memory-groups.ts";
import { memoryLinkedSources } from "./memory-linked-sources.ts";
import { MemoryObjects } from "./memory-objects.ts";
import { MemoryUsers } from "./memory-users.ts";
import { memoryVirtualSources } from "./memory-virtual-sources.ts";
import { activatePlugin, installPlugin, previewOf, toolkitOf } from "./memory-plugin.ts";

export interface MemoryEngine extends Engine {
  readonly objects: MemoryObjects;
  readonly jobs: MemoryJobs;
  readonly journal: MemoryJobs;
  readonly users: MemoryUsers;
  /** Every mutation that came in, for tests to look at. */
  readonly asked: { readonly what: string; readonly input: unknown; readonly by: string }[];
  /** What the front door has refused. */
  readonly refused: Refusal[];
}

/** An engine without hosts, storage or plugins: for tests of what stands before it. */
export function createMemoryEngine(): MemoryEngine {
  const objects = new MemoryObjects();
  const jobs = new MemoryJobs(objects);
  const users = new MemoryUsers(objects);
  const asked: MemoryEngine["asked"] = [];
  const refused: Refusal[] = [];
  const memory: Memory = { objects, jobs, start: (ask, work) => jobs.start(ask, work) };
  const datasetOf = (text: string) => objects.one(objects.datasets.all, text, "dataset");
  const engine: MemoryEngine = {
    objects,
    jobs,
    journal: jobs,
    users,
    asked,
    refused,
    environments: memoryEnvironments(memory),
    linkedSources: memoryLinkedSources(memory),
    virtualSources: memoryVirtualSources(memory),
    sourceConfigs: {
      add: (repository, data) => {
        const reference = objects.next("APPDATA_SOURCE_CONFIG");
        const name = typeof data["name"] === "string" ? checkName(data["name"]) : reference.toLowerCase();
        objects.sourceConfigs.put({
          reference,
          repository,
          name,
          identity: name,
          data,
          isDiscovered: false,
          isAvailable: true,
          createdAt: now(),
        });
        return Promise.resolve(reference);
      },
      update: (reference, data) => Promise.resolve(objects.sourceConfigs.set(reference, { data })),
      delete: (reference) => Promise.resolve(objects.sourceConfigs.remove(reference)),
    },
    hooks: {
      set: async (reference, { point, hooks }) => {
        const dataset = await objects.datasets.find(reference);
        objects.datasets.set(reference, { hooks: { ...dataset?.hooks, [point]: hooks } });
      },
    },
    snapshots: {
      plan: () => Promise.resolve({ dependents: [], freedBytes: 2048, isExact: true }),
      delete: (reference, ask) =>
        Promise.resolve(
          jobs.start(ask, {
            workflow: "snapshot.delete",
            title: `Delete ${reference}`,
            target: reference,
            targetName: reference,
            effect: () => {
              objects.snapshots.remove(reference);
            },
          }),
        ),
    },
    timeflows: {
      plan: () => Promise.resolve({ dependents: [], freedBytes: 4096, isExact: false }),
      delete: (reference, ask) =>
        Promise.resolve(
          jobs.start(ask, {
            workflow: "timeflow.delete",
            title: `Delete ${reference}`,
            target: reference,
            targetName: reference,
            effect: () => {
              objects.timeflows.remove(reference);
            },
          }),
        ),
    },
    plugins: {
      upload: (artifact, ask) => Promise.resolve(installPlugin(objects, artifact, ask)),
      previewUpgrade: (artifact) => Promise.resolve(previewOf(artifact)),
      activate: (reference, ask) => Promise.resolve(activatePlugin(memory, reference, ask)),
      delete: (reference, ask) => {
        objects.plugins.remove(reference);
        return Promise.resolve(objects.record({ title: `Delete ${reference}`, operation: "plugin.delete", target: reference }, ask));
      },
      toolkit: (reference) => attempt(() => toolkitOf(objects, reference)),
      logs: () => Promise.resolve([{ name: "info.log", open: () => Readable.from(["[Worker-1] a line\n"]) }]),
      processes: () => ({
        processes: [{ plugin: "APPDATA_TOOLKIT-1", pid: 4242, isBusy: false, rssBytes: 1024 }],
        missingGuards: ["cgroups"],
      }),
    },
    actions: {
      refused: (refusal) => refused.push(refusal),
      record: (done, ask) => Promise.resolve(objects.record(done, ask)),
      together: memoryTogether(objects),
    },
    faults: {
      resolve: (reference) => Promise.resolve(objects.faults.set(reference, { state: "RESOLVED", resolvedAt: now() })),
    },
    pools: {
      describe: async (reference) => {
        const pool = await objects.pools.find(reference);
        if (pool === undefined) throw new EngineError("NOT_FOUND", `There is no pool ${reference}.`);
        const all = { recordSize: true, compression: true, quota: false, send: true, acls: true, xattrs: true };
        return {
          ...pool,
          usage: { sizeBytes: 1e9, usedBytes: 1e6, freeBytes: 999e6 },
          capabilities: { thinClones: true, atomicSnapshots: true, ...all },
        };
      },
    },
    restoring: () => ({ isDone: true, total: 1, remaining: 0, failed: [] }),
    resolve: (collection: Exclude<NamedCollection, "datasets">, text: string) =>
      Promise.resolve(objects.one(objects[collection].all as readonly { reference: Reference; name: string }[], text, collection)) as never,
    resolveDataset: (text) => attempt(() => datasetOf(text)),
    resolveLinkedSource: (text) =>
      attempt(() => {
        const dataset = datasetOf(text);
        if (dataset.kind === "DSOURCE") return dataset;
        throw new EngineError("NOT_FOUND", `${text} is a VDB, not a dSource.`);
      }),
    resolveVirtualSource: (text) =>
      attempt(() => {
        const dataset = datasetOf(text);
        if (dataset.kind === "VDB") return dataset;
        throw new EngineError("NOT_FOUND", `${text} is a dSource, not a VDB.`);
      }),
    redacted: (data) => redacted(data) as JsonObject,
  };
  return recorded(engine);
}

export function now(): string {
  return new Date().toISOString();
}

function attempt<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

function redacted(value: Json | undefined): Json | undefined {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([member]) => member !== "password")
      .map(([member, inner]) => [member, redacted(inner)]),
  );
}

/** Notes every mutation: a call that says who asks. */
function recorded(engine: MemoryEngine): MemoryEngine {
  const groups = [
    "environments",
    "sourceConfigs",
    "linkedSources",
    "virtualSources",
    "hooks",
    "snapshots",
    "timeflows",
    "plugins",
  ] as const;
  const wrapped = groups.map((group) => [
    group,
    new Proxy(engine[group], { get: (target, verb) => noting(engine, `${group}.${String(verb)}`, Reflect.get(target, verb)) }),
  ]);
  return { ...engine, ...Object.fromEntries(wrapped) } as MemoryEngine;
}

function noting(engine: MemoryEngine, what: string, call: unknown): unknown {
  if (typeof call !== "function") return call;
  return (...input: unknown[]): unknown => {
    const ask = input.find(isAsk);
    if (ask !== undefined) engine.asked.push({ what, input: input.filter((given) => given !== ask), by: ask.by.name });
    return (call as (...input: unknown[]) => unknown)(...input);
  };
}

function isAsk(value: unknown): value is Ask {
  return typeof value === "object" && value !== null && "by" in value;
}
