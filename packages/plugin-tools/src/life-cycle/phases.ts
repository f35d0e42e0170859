import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "@opendvp/model";
import type { LifeCycle, Phase } from "./phase.ts";
import { chooseRepository, chooseSource, linkedParameters, virtualParameters } from "./test-objects.ts";

/** What the engine calls by itself belongs to this phase. */
export const MONITORING = "monitor";

const MONITORED: readonly string[] = ["linked.status", "linked.worker", "linked.sourceSize"];
const MONITORING_LIMIT_MS = 30_000;
const MONITORING_POLL_MS = 500;

/** A snapshot may still be in preparation, which is a job of its own. */
const WAIT = { wait: true };

const ENVIRONMENT_NAME = "dvp test";
const DSOURCE_NAME = "dvp test dsource";
const VDB_NAME = "dvp-test-copy";
const EMPTY_VDB_NAME = "dvp-test-empty";

/** The whole life of a plugin's datasets, in order. What a phase makes, the later ones take down again. */
export const LIFE_CYCLE: readonly Phase[] = [
  { name: "upload", needs: [], run: upload },
  { name: "discover", needs: ["plugin"], run: discover },
  { name: "choose a source", needs: ["environment"], run: chooseWhatToLink },
  { name: "link", needs: ["source"], run: link },
  { name: "sync", needs: ["dsource"], run: (cycle) => sync(cycle, false) },
  { name: "resync", needs: ["dsource"], run: (cycle) => sync(cycle, true) },
  { name: "disable the dSource", needs: ["dsource"], run: onDsource("disable") },
  { name: "enable the dSource", needs: ["dsource"], run: onDsource("enable") },
  { name: MONITORING, needs: ["dsource"], applies: isMonitored, run: waitForMonitoring },
  { name: "provision", needs: ["dsource"], run: provision },
  { name: "snapshot", needs: ["vdb"], run: snapshot },
  { name: "stop", needs: ["vdb"], run: onVdb("stop") },
  { name: "start", needs: ["vdb"], run: onVdb("start") },
  { name: "disable", needs: ["vdb"], run: onVdb("disable") },
  { name: "enable", needs: ["vdb"], run: onVdb("enable") },
  { name: "rewind", needs: ["vdb", "vdbSnapshot"], run: rewind },
  { name: "refresh", needs: ["vdb"], run: onVdb("refreshBySnapshot") },
  { name: "undo", needs: ["vdb"], run: onVdb("undo") },
  { name: "delete the copy", needs: ["vdb"], run: onVdb("delete") },
  { name: "create an empty copy", needs: ["repository"], applies: canBeEmpty, run: createEmpty },
  { name: "delete the empty copy", needs: ["emptyVdb"], run: deleteEmpty },
  { name: "delete the dSource", needs: ["dsource"], run: deleteDsource },
];

/** What is left when the operations have been seen: nothing of the plugin is called any more. */
export const CLEAN_UP: readonly Phase[] = [
  { name: "delete the source", needs: ["source", "isSourceOurs"], run: deleteSource },
  { name: "delete the environment", needs: ["environment"], run: deleteEnvironment },
  { name: "delete the plugin", needs: ["plugin"], run: deletePlugin },
];

/** A job on the copy that takes nothing but the copy. */
function onVdb(verb: "stop" | "start" | "disable" | "enable" | "refreshBySnapshot" | "undo" | "delete"): Phase["run"] {
  return async ({ client, objects, finish }) => finish(await client.vdbs[verb]({ params: vdb(objects), query: WAIT }));
}

function onDsource(verb: "disable" | "enable"): Phase["run"] {
  return async ({ client, objects, finish }) => finish(await client.dsources[verb]({ params: dsource(objects) }));
}

async function upload({ client, artifact, objects, finish }: LifeCycle): Promise<void> {
  const { plugin_id: plugin, job } = await client.plugins.upload({ body: artifact });
  objects.plugin = plugin;
  if (job !== null) await finish({ job });
}

async function discover({ client, environmentUser, objects, finish }: LifeCycle): Promise<void> {
  const created = await client.environments.create({ body: { name: ENVIRONMENT_NAME, hostname: "localhost", username: environmentUser } });
  await finish(created);
  objects.environment = created.environment_id;
}

async function chooseWhatToLink(cycle: LifeCycle): Promise<void> {
  cycle.objects.repository = await chooseRepository(cycle);
  Object.assign(cycle.objects, await chooseSource(cycle, cycle.objects.repository));
}

async function link(cycle: LifeCycle): Promise<void> {
  const { client, objects, finish, values } = cycle;
  const linked = await client.dsources.linkAppdata({
    body: {
      name: DSOURCE_NAME,
      source_id: id(objects.source),
      parameters: await linkedParameters(cycle, DSOURCE_NAME),
      ...(values.snapshotParameters === undefined ? {} : { sync_parameters: values.snapshotParameters }),
    },
  });
  // Kept although the first sync may fail: then there is a dSource to delete.
  objects.dsource = linked.dsource_id;
  await finish(linked);
}

async function sync({ client, objects, finish }: LifeCycle, resync: boolean): Promise<void> {
  await finish(await client.dsources.sync({ params: dsource(objects), body: { resync, allow_stop: true } }));
}

async function provision(cycle: LifeCycle): Promise<void> {
  const { client, objects, finish } = cycle;
  const provisioned = await client.vdbs.provisionBySnapshot({
    body: {
      name: VDB_NAME,
      source_data_id: id(objects.dsource),
      repository_id: id(objects.repository),
      appdata_source_params: await virtualParameters(cycle, VDB_NAME),
    },
  });
  await finish(provisioned);
  objects.vdb = provisioned.vdb_id;
}

async function snapshot({ client, objects, finish }: LifeCycle): Promise<void> {
  const { items: former } = await client.vdbs.listSnapshots({ params: vdb(objects) });
  // Also where the pool cannot snapshot a running copy.
  await finish(await client.vdbs.snapshot({ params: vdb(objects), body: { allow_stop: true } }));
  const { items } = await client.vdbs.listSnapshots({ params: vdb(objects) });
  const taken = items.find((item) => !former.some((other) => other.id === item.id));
  if (taken === undefined) throw new EngineError("INTERNAL", "The job succeeded, but the VDB has no new snapshot.");
  objects.vdbSnapshot = taken.id;
}

async function rewind({ client, objects, finish }: LifeCycle): Promise<void> {
  await finish(await client.vdbs.rollbackBySnapshot({ params: vdb(objects), body: { snapshot_id: id(objects.vdbSnapshot) } }));
}

async function createEmpty(cycle: LifeCycle): Promise<void> {
  const { client, objects, finish } = cycle;
  const created = await client.vdbs.createEmpty({
    body: {
      name: EMPTY_VDB_NAME,
      repository_id: id(objects.repository),
      appdata_source_params: await virtualParameters(cycle, EMPTY_VDB_NAME),
    },
  });
  await finish(created);
  objects.emptyVdb = created.vdb_id;
}

async function deleteEmpty({ client, objects, finish }: LifeCycle): Promise<void> {
  await finish(await client.vdbs.delete({ params: { vdbId: id(objects.emptyVdb) }, query: WAIT }));
}

function isMonitored(_cycle: LifeCycle, implemented: ReadonlySet<string>): boolean {
  return MONITORED.some((operation) => implemented.has(operation));
}

/** The engine asks about every ten seconds, and for the size after a sync. One that it does not ask for in time is reported as never called. */
async function waitForMonitoring({ operations, readTrace, signal }: LifeCycle): Promise<void> {
  const wanted = MONITORED.filter((operation) => (operations as readonly string[]).includes(operation));
  const endsAtMs = performance.now() + MONITORING_LIMIT_MS;
  while (performance.now() < endsAtMs) {
    const called = new Set<string>((await readTrace()).filter(({ job }) => job === undefined).map(({ operation }) => operation));
    if (wanted.every((operation) => called.has(operation))) return;
    await sleep(MONITORING_POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}

function canBeEmpty(_cycle: LifeCycle, implemented: ReadonlySet<string>): boolean {
  return implemented.has("virtual.initialize");
}

async function deleteDsource({ client, objects, finish }: LifeCycle): Promise<void> {
  await finish(await client.dsources.delete({ body: { dsource_id: id(objects.dsource) }, query: WAIT }));
}

async function deleteSource({ client, objects }: LifeCycle): Promise<void> {
  await client.sources.delete({ params: { sourceId: id(objects.source) } });
}

async function deleteEnvironment({ client, objects, finish }: LifeCycle): Promise<void> {
  await finish(await client.environments.delete({ params: { environmentId: id(objects.environment) } }));
}

async function deletePlugin({ client, objects }: LifeCycle): Promise<void> {
  await client.plugins.delete({ params: { pluginId: id(objects.plugin) } });
}

function vdb(objects: LifeCycle["objects"]): { vdbId: string } {
  return { vdbId: id(objects.vdb) };
}

function dsource(objects: LifeCycle["objects"]): { dsourceId: string } {
  return { dsourceId: id(objects.dsource) };
}

/** Every phase names what it needs, so that it is there when the phase runs. */
function id(object: string | undefined): string {
  if (object === undefined) throw new EngineError("INTERNAL", "A phase of the life cycle uses what it does not name as needed.");
  return object;
}
