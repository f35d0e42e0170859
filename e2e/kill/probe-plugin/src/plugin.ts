import {
  libs,
  Mount,
  MountSpecification,
  StagedPlugin,
  Status,
  UserError,
  type RemoteConnection,
  type VirtualSource,
} from "@opendvp/plugin-sdk";
import type { Definitions, VirtualSourceDefinition } from "./generated/definitions.ts";
import { ALIVE, END, START } from "./process.ts";

export const plugin = new StagedPlugin<Definitions>();

plugin.discovery.repository(() => [{ name: "Probe" }]);
plugin.discovery.sourceConfig(() => []);

plugin.linked.mountSpecification(
  ({ stagedSource }) => new MountSpecification([new Mount(stagedSource.stagedConnection.environment, stagedSource.parameters.mountPath)]),
);
plugin.linked.startStaging(({ stagedSource }) => run(stagedSource.stagedConnection, START, stagedSource.parameters.mountPath));
plugin.linked.stopStaging(({ stagedSource }) => run(stagedSource.stagedConnection, END, stagedSource.parameters.mountPath));
plugin.linked.status(({ stagedSource }) => statusOf(stagedSource.stagedConnection, stagedSource.parameters.mountPath));
plugin.linked.worker(() => undefined);
plugin.linked.preSnapshot(async ({ stagedSource, sourceConfig }) => {
  const variables = { SOURCE: sourceConfig.path, DIRECTORY: stagedSource.parameters.mountPath };
  await libs.runBash(stagedSource.stagedConnection, 'cp -a "$SOURCE/." "$DIRECTORY/"', { variables, check: true });
});
plugin.linked.postSnapshot(() => ({ takenAt: new Date().toISOString() }));
plugin.linked.sourceSize(() => 4096);
plugin.linked.prepareSnapshot(({ stagedSource, snapshot }) =>
  prepare(stagedSource.stagedConnection, stagedSource.mount?.mountPath, snapshot),
);

plugin.virtual.mountSpecification(
  ({ virtualSource }) => new MountSpecification([new Mount(virtualSource.connection.environment, virtualSource.parameters.mountPath)]),
);
plugin.virtual.configure(({ virtualSource }) => started(virtualSource));
plugin.virtual.reconfigure(({ virtualSource }) => started(virtualSource));
plugin.virtual.initialize(({ virtualSource }) => started(virtualSource));
plugin.virtual.unconfigure(({ virtualSource }) => run(virtualSource.connection, END, virtualSource.parameters.mountPath));
plugin.virtual.cleanup(() => undefined);
plugin.virtual.start(({ virtualSource }) => run(virtualSource.connection, START, virtualSource.parameters.mountPath));
plugin.virtual.stop(({ virtualSource }) => run(virtualSource.connection, END, virtualSource.parameters.mountPath));
plugin.virtual.preSnapshot(() => undefined);
plugin.virtual.postSnapshot(() => ({ takenAt: new Date().toISOString() }));
plugin.virtual.status(({ virtualSource }) => statusOf(virtualSource.connection, virtualSource.parameters.mountPath));
plugin.virtual.sourceSize(() => 4096);
plugin.virtual.prepareSnapshot(async ({ virtualSource, snapshot }) => {
  const { failFlag } = virtualSource.parameters;
  if (failFlag !== undefined) {
    const { exitCode } = await libs.runBash(virtualSource.connection, '[ -e "$FLAG" ]', { variables: { FLAG: failFlag } });
    if (exitCode === 0) throw new UserError("The preparation is told to fail.", `Remove ${failFlag}.`);
  }
  return prepare(virtualSource.connection, virtualSource.mounts[0]?.mountPath, snapshot);
});

async function started(virtualSource: VirtualSource<VirtualSourceDefinition>): Promise<{ name: string; path: string }> {
  const { mountPath } = virtualSource.parameters;
  await run(virtualSource.connection, START, mountPath);
  return { name: mountPath, path: mountPath };
}

async function prepare<S>(connection: RemoteConnection, directory: string | undefined, snapshot: S): Promise<S> {
  await libs.runBash(connection, 'echo prepared > "$DIRECTORY/.prepared"', { variables: { DIRECTORY: directory ?? "" }, check: true });
  return snapshot;
}

async function run(connection: RemoteConnection, command: string, directory: string): Promise<void> {
  await libs.runBash(connection, command, { variables: { DIRECTORY: directory }, check: true });
}

async function statusOf(connection: RemoteConnection, directory: string): Promise<Status> {
  const { exitCode } = await libs.runBash(connection, ALIVE, { variables: { DIRECTORY: directory } });
  return exitCode === 0 ? Status.ACTIVE : Status.INACTIVE;
}
