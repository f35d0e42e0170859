import {
  libs,
  Mount,
  MountSpecification,
  StagedPlugin,
  Status,
  UserError,
  type RemoteConnection,
  type StagedSource,
  type VirtualSource,
} from "@opendvp/plugin-sdk";
import type { Definitions, LinkedSourceDefinition, VirtualSourceDefinition } from "./generated/definitions.ts";
import { ALIVE, END, START } from "./process.ts";

type Copy = VirtualSource<VirtualSourceDefinition>;

export const plugin = new StagedPlugin<Definitions>();

plugin.discovery.repository(() => [{ name: "Probe" }]);
plugin.discovery.sourceConfig(() => []);

plugin.linked.mountSpecification(
  ({ stagedSource }) => new MountSpecification([new Mount(stagedSource.stagedConnection.environment, stagedSource.parameters.mountPath)]),
);
plugin.linked.startStaging(({ stagedSource }) => run(stagedSource.stagedConnection, START, stagingPlaceOf(stagedSource)));
plugin.linked.stopStaging(({ stagedSource }) => {
  if (stagedSource.mount === null) throw new UserError("What is not mounted has nothing to stop.");
  return run(stagedSource.stagedConnection, END, stagingPlaceOf(stagedSource));
});
plugin.linked.status(({ stagedSource }) => statusOf(stagedSource.stagedConnection, stagingPlaceOf(stagedSource)));
plugin.linked.worker(() => undefined);
plugin.linked.preSnapshot(async ({ stagedSource, sourceConfig }) => {
  const variables = { SOURCE: sourceConfig.path, DIRECTORY: stagingPlaceOf(stagedSource) };
  await libs.runBash(stagedSource.stagedConnection, 'cp -a "$SOURCE/." "$DIRECTORY/"', { variables, check: true });
});
plugin.linked.postSnapshot(() => ({ takenAt: new Date().toISOString() }));
plugin.linked.sourceSize(() => 4096);
plugin.linked.prepareSnapshot(async ({ stagedSource, snapshot }) => {
  await prepare(stagedSource.stagedConnection, stagingPlaceOf(stagedSource));
  return snapshot;
});

plugin.virtual.mountSpecification(({ virtualSource }) => {
  const { environment } = virtualSource.connection;
  const { mountPath, parts } = virtualSource.parameters;
  const mounts = parts?.map((part) => new Mount(environment, `${mountPath}/${part}`, part));
  return new MountSpecification(mounts ?? [new Mount(environment, mountPath)]);
});
plugin.virtual.configure(({ virtualSource }) => started(virtualSource));
plugin.virtual.reconfigure(({ virtualSource }) => started(virtualSource));
plugin.virtual.initialize(({ virtualSource }) => started(virtualSource));
plugin.virtual.unconfigure(({ virtualSource }) => {
  if (virtualSource.mounts.length === 0) throw new UserError("What is not mounted has nothing to unconfigure.");
  return run(virtualSource.connection, END, placeOf(virtualSource));
});
plugin.virtual.cleanup(() => undefined);
plugin.virtual.start(({ virtualSource }) => run(virtualSource.connection, START, placeOf(virtualSource)));
plugin.virtual.stop(({ virtualSource }) => run(virtualSource.connection, END, placeOf(virtualSource)));
plugin.virtual.preSnapshot(() => undefined);
plugin.virtual.postSnapshot(() => ({ takenAt: new Date().toISOString() }));
plugin.virtual.status(({ virtualSource }) => statusOf(virtualSource.connection, placeOf(virtualSource)));
plugin.virtual.sourceSize(() => 4096);
plugin.virtual.prepareSnapshot(async ({ virtualSource, snapshot }) => {
  const { failFlag } = virtualSource.parameters;
  if (failFlag !== undefined) {
    const { exitCode } = await libs.runBash(virtualSource.connection, '[ -e "$FLAG" ]', { variables: { FLAG: failFlag } });
    if (exitCode === 0) throw new UserError("The preparation is told to fail.", `Remove ${failFlag}.`);
  }
  for (const { mountPath } of virtualSource.mounts) await prepare(virtualSource.connection, mountPath);
  return snapshot;
});

async function started(virtualSource: Copy): Promise<{ name: string; path: string }> {
  const path = placeOf(virtualSource);
  await run(virtualSource.connection, START, path);
  return { name: path, path };
}

/** Where a copy is, which may not be where its parameters want it from the next time on. */
function placeOf({ mounts, parameters }: Copy): string {
  return mounts[0]?.mountPath ?? parameters.mountPath;
}

function stagingPlaceOf({ mount, parameters }: StagedSource<LinkedSourceDefinition>): string {
  return mount?.mountPath ?? parameters.mountPath;
}

async function prepare(connection: RemoteConnection, directory: string): Promise<void> {
  await libs.runBash(connection, 'echo prepared > "$DIRECTORY/.prepared"', { variables: { DIRECTORY: directory }, check: true });
}

async function run(connection: RemoteConnection, command: string, directory: string): Promise<void> {
  await libs.runBash(connection, command, { variables: { DIRECTORY: directory }, check: true });
}

async function statusOf(connection: RemoteConnection, directory: string): Promise<Status> {
  const { exitCode } = await libs.runBash(connection, ALIVE, { variables: { DIRECTORY: directory } });
  return exitCode === 0 ? Status.ACTIVE : Status.INACTIVE;
}
