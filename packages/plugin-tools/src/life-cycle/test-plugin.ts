import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { jobError, waitForJob, type Client } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import { EngineError, type OperationName, type PluginConfig } from "@opendvp/model";
import { readOperationTrace, type TracedOperation } from "./operation-trace.ts";
import type { LifeCycle, LifeCycleObjects, Phase, PhaseReport } from "./phase.ts";
import { CLEAN_UP, LIFE_CYCLE, MONITORING } from "./phases.ts";
import { readLogArchive } from "./read-log-archive.ts";
import type { TestValues } from "./test-values.ts";

export interface TestPluginRequest {
  /** Of a throw-away engine, with the rights of an administrator. */
  readonly client: Client;
  readonly config: PluginConfig;
  /** The bytes of what `makeArtifact` made. */
  readonly artifact: Uint8Array;
  /** What `makeArtifact` says that the plugin implements. */
  readonly operations: readonly OperationName[];
  /** A user of the engine's own host that the engine allows. */
  readonly environmentUser: string;
  /** An empty directory on that host, which the user may enter: sample data and mounts go below it. */
  readonly workDirectory: string;
  readonly values: TestValues;
  /** Told when a phase begins. */
  readonly onPhase?: (name: string) => void;
  /** Gives the test up, with its reason: what was made is left to whoever throws the engine away. */
  readonly signal?: AbortSignal;
}

export interface LifeCycleReport {
  readonly hasPassed: boolean;
  readonly phases: readonly PhaseReport[];
  /** Every call that the engine made of the plugin, monitoring included, in the order in which they ended. */
  readonly operations: readonly TracedOperation[];
  /** What the plugin implements and nothing called. */
  readonly notCalled: readonly OperationName[];
}

/** A phase as it went, before the plugin's log is known. */
interface Ran {
  readonly report: Omit<PhaseReport, "operations">;
  readonly jobs: readonly string[];
}

/**
 * Runs a plugin through its whole life on an engine. A phase that fails ends what builds on it; everything else goes
 * on, and what was made is taken down again. Never throws for what the plugin does: the report says it.
 */
export async function testPlugin(request: TestPluginRequest): Promise<LifeCycleReport> {
  await writeFiles(request);
  const objects: LifeCycleObjects = {};
  const ran: Ran[] = [];
  for (const phase of LIFE_CYCLE) ran.push(await runPhase(phase, request, objects));
  const operations = await readTrace(request.client, objects.plugin);
  for (const phase of CLEAN_UP) ran.push(await runPhase(phase, request, objects));
  const called = new Set(operations.map(({ operation }) => operation));
  const phases = ran.map((each) => withOperations(each, operations));
  return {
    hasPassed: phases.every(({ outcome }) => outcome !== "failed"),
    phases,
    operations,
    notCalled: request.operations.filter((operation) => !called.has(operation)),
  };
}

async function runPhase(phase: Phase, request: TestPluginRequest, objects: LifeCycleObjects): Promise<Ran> {
  request.signal?.throwIfAborted();
  const jobs: string[] = [];
  const warnings: string[] = [];
  const cycle: LifeCycle = {
    ...request,
    objects,
    finish: (answer) => finish(answer, request, { jobs, warnings }),
    readTrace: () => readTrace(request.client, objects.plugin),
  };
  const applies = phase.applies?.(cycle, new Set(request.operations)) ?? true;
  if (!applies || phase.needs.some((need) => objects[need] === undefined)) {
    return { report: { name: phase.name, outcome: "skipped", durationMs: 0, warnings }, jobs };
  }
  request.onPhase?.(phase.name);
  const beganAtMs = performance.now();
  const report = (outcome: "passed" | "failed"): Ran["report"] => ({
    name: phase.name,
    outcome,
    durationMs: Math.round(performance.now() - beganAtMs),
    warnings,
  });
  try {
    await phase.run(cycle);
    return { report: report("passed"), jobs };
  } catch (thrown) {
    request.signal?.throwIfAborted();
    return { report: { ...report("failed"), error: EngineError.from(thrown).toShape() }, jobs };
  }
}

/**
 * A phase with the calls that it led to. The engine gets over some failures of a plugin with a warning; who tests the
 * plugin wants to know of each.
 */
function withOperations({ report, jobs }: Ran, trace: readonly TracedOperation[]): PhaseReport {
  const isOurs = ({ job }: TracedOperation): boolean => (job === undefined ? report.name === MONITORING : jobs.includes(job));
  const operations = trace.filter(isOurs);
  const failed = operations.filter(({ hasFailed }) => hasFailed).map(({ operation }) => operation);
  if (report.outcome !== "passed" || failed.length === 0) return { ...report, operations };
  const error = new EngineError("PLUGIN_BUG", `${[...new Set(failed)].join(", ")} failed, and the engine went on without it.`, {
    action: "See the warnings, or the plugin's log.",
  });
  return { ...report, outcome: "failed", operations, error: error.toShape() };
}

interface Findings {
  readonly jobs: string[];
  readonly warnings: string[];
}

async function finish({ job }: { readonly job: Job }, { client, signal }: TestPluginRequest, { jobs, warnings }: Findings): Promise<void> {
  jobs.push(job.id);
  const ended = await waitForJob(client, job.id, {
    ...(signal === undefined ? {} : { signal }),
    onEvent: ({ level, message }) => {
      if (level === "WARNING") warnings.push(message);
    },
  });
  const error = jobError(ended);
  if (error !== undefined) throw error;
}

/** The sample data, readable for the environment's user whoever runs the test. */
async function writeFiles({ values, workDirectory }: TestPluginRequest): Promise<void> {
  for (const [name, text] of Object.entries(values.files ?? {})) {
    const file = join(workDirectory, name);
    await mkdir(dirname(file), { recursive: true, mode: 0o755 });
    await writeFile(file, text);
    await chmod(file, 0o644);
  }
}

async function readTrace(client: Client, plugin: string | undefined): Promise<readonly TracedOperation[]> {
  if (plugin === undefined) return [];
  return readOperationTrace(await readLogArchive(await client.plugins.logs({ params: { pluginId: plugin } }), "/debug.log"));
}
