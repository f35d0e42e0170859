import { rm } from "node:fs/promises";
import { FileArtifactStore } from "@opendvp/catalog";
import type { Change, Job, Plugin, PluginLogEntry, PluginLogs, PluginUseCases, UploadOptions } from "@opendvp/core";
import type { JsonObject } from "@opendvp/model";
import { countedIds, EXAMPLES, makeTestDirectory } from "@opendvp/testkit";
import { expect, onTestFinished } from "vitest";
import { Definitions } from "../../src/plugins/definitions.ts";
import { HeldArtifacts } from "../../src/plugins/held-artifacts.ts";
import type { PluginUseCaseParts } from "../../src/plugins/plugin-use-case-parts.ts";
import { createPluginUseCases } from "../../src/plugins/plugin-use-cases.ts";
import { createUpgradePlugin } from "../../src/plugins/upgrade.ts";
import { WorkflowRegistry } from "../../src/jobs/workflow-registry.ts";
import { DEFAULT_TIME_LIMITS } from "../../src/settings/core-settings.ts";
import { DirectChanges } from "../../src/use-cases/direct-changes.ts";
import { exampleCatalog } from "./example-catalog.ts";
import { BY_TESTER, JobBench, type Process } from "./job-bench.ts";
import { testSecrets } from "./test-secrets.ts";
import { TOY_SCHEMAS, toyArtifact, type ToyRelease } from "./toy-artifact.ts";
import { ToyRuntime } from "./toy-runtime.ts";

/** Real jobs, catalog, artifacts and encryption around toy plugins. The example plugin 1.0 is installed, with its objects. */
export type UpgradeBench = Awaited<ReturnType<typeof upgradeBench>>;

export async function upgradeBench(
  more: readonly Change[] = [],
  { report = (error: unknown): void => expect.unreachable(String(error)) } = {},
) {
  const installed: Change = { collection: "plugins", update: EXAMPLES.plugin.reference, set: { schemas: TOY_SCHEMAS } };
  const catalog = await exampleCatalog([installed, ...more]);
  // The references of the examples are used up.
  await catalog.transact(async (transaction) => {
    for (const kind of ["APPDATA_TOOLKIT", "ACTION"] as const) await transaction.nextReference(kind);
  });
  const directory = await makeTestDirectory();
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const artifacts = await FileArtifactStore.open(directory);
  const jobs = JobBench.on(catalog, "engine");
  const runtime = new ToyRuntime();
  const definitions = new Definitions(testSecrets());
  const held = new HeldArtifacts(catalog, artifacts, {
    gone: (artifact) => definitions.forget(artifact),
    report,
  });
  const logged: (PluginLogEntry & { readonly plugin: string })[] = [];
  const write: PluginLogs["write"] = (plugin, entry) => logged.push({ ...entry, plugin });
  const logs: PluginLogs = { write, files: () => Promise.resolve([]), close: () => Promise.resolve() };
  let process: Process | undefined;
  let plugins: PluginUseCases | undefined;

  /** A new engine process; the former one is dead. */
  async function start(): Promise<void> {
    jobs.registry = new WorkflowRegistry();
    const timeLimits = DEFAULT_TIME_LIMITS;
    const { clock } = jobs;
    const upgrade = jobs.registry.add(
      createUpgradePlugin({ runtime, artifacts, definitions, timeLimits, clock, objects: catalog.objects, held }),
    );
    const tell = (running: Process["jobs"]): void => {
      const now = (): string => jobs.clock.now().toISOString();
      const ids = countedIds();
      const changes = new DirectChanges(catalog, ids, now);
      // What uploads have no use for is not there.
      const rest = {} as Pick<PluginUseCaseParts, "operations" | "pools">;
      const settings = { timeLimits } as PluginUseCaseParts["settings"];
      const parts = { ...rest, catalog, jobs: running, changes, definitions, ids, settings, now, clock, artifacts, runtime, logs, held };
      plugins = createPluginUseCases(parts, upgrade);
    };
    process = await jobs.start(tell);
  }
  await start();

  function running(): { readonly process: Process; readonly plugins: PluginUseCases } {
    if (process === undefined || plugins === undefined) throw new Error("No engine process runs.");
    return { process, plugins };
  }

  function artifactOf(release: ToyRelease): Uint8Array {
    const { bytes, sha256 } = toyArtifact(release);
    runtime.code.set(sha256, release);
    return bytes;
  }

  return {
    catalog,
    artifacts,
    runtime,
    definitions,
    jobs,
    /** What was written into the logs of plugins. */
    logged,
    start,
    running,
    artifactOf,
    upload: (release: ToyRelease, options?: UploadOptions) => running().plugins.upload(artifactOf(release), BY_TESTER, options),
    preview: (release: ToyRelease) => running().plugins.previewUpgrade(artifactOf(release), new AbortController().signal),
    /** Uploads a release and waits for the end of its upgrade. */
    async upgrade(release: ToyRelease, options?: UploadOptions): Promise<Job> {
      const { job } = await running().plugins.upload(artifactOf(release), BY_TESTER, options);
      if (job === undefined) throw new Error("Nothing was upgraded.");
      return running().process.ended(job);
    },
    async plugin(reference: Plugin["reference"] = EXAMPLES.plugin.reference): Promise<Plugin | undefined> {
      return catalog.objects.plugins.find(reference);
    },
    /** Everything that an upgrade may change, as it stands. */
    async state(): Promise<unknown> {
      const { plugins: versions, repositories, sourceConfigs, datasets, timeflows, snapshots } = catalog.objects;
      return Promise.all([versions, repositories, sourceConfigs, datasets, timeflows, snapshots].map((collected) => collected.list()));
    },
    /** A value as it is stored under the given schema, its passwords sealed. */
    sealed: (schema: JsonObject, value: JsonObject): JsonObject =>
      definitions.accept(
        {
          plugin: { ...EXAMPLES.plugin, schemas: { ...TOY_SCHEMAS, virtualSourceDefinition: schema }, artifact: JSON.stringify(schema) },
          definition: "virtualSourceDefinition",
        },
        value,
        { code: "PARAMETERS_INVALID", what: "The parameters" },
      ),
    async apply(...changes: readonly Change[]): Promise<void> {
      await catalog.transact((transaction) => transaction.apply(changes));
    },
  };
}
