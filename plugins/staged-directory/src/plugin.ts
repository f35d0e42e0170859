import { Mount, MountSpecification, StagedPlugin } from "@opendvp/plugin-sdk";
import { datasetPath } from "./dataset-path.ts";
import { discoverRepositories } from "./discover-repositories.ts";
import type { Definitions } from "./generated/definitions.ts";
import { keeperOf } from "./keeper/keeper.ts";
import { pullChanges } from "./linked/pull-changes.ts";
import { measureTree } from "./measure-tree.ts";
import { prepareTree } from "./prepare-tree.ts";
import { flush } from "./virtual/flush.ts";
import { makeEmptyTree } from "./make-empty-tree.ts";
import { sourceConfigOf } from "./virtual/source-config-of.ts";

/**
 * Directory trees with a staging copy that a process watches over, and copies that each have such a process: the keeper
 * stands for what a database server would be. Uses every operation that a staged plugin can have.
 */
export const plugin = new StagedPlugin<Definitions>();

plugin.discovery.repository(({ sourceConnection }) => discoverRepositories(sourceConnection));
// Which directories matter, only their owners know.
plugin.discovery.sourceConfig(() => []);

// ---- The staging copy ----

plugin.linked.mountSpecification(({ stagedSource }) => {
  const { environment } = stagedSource.stagedConnection;
  return new MountSpecification([new Mount(environment, stagedSource.parameters.mountPath)]);
});
plugin.linked.startStaging(async ({ stagedSource }) => {
  await makeEmptyTree(stagedSource.stagedConnection, datasetPath(stagedSource));
  await keeperOf(stagedSource, stagedSource.stagedConnection).start();
});
plugin.linked.stopStaging(async ({ stagedSource }) => {
  const keeper = keeperOf(stagedSource, stagedSource.stagedConnection);
  await keeper.stop();
  // Nothing is called when a dSource is deleted: what lies outside of its dataset goes here.
  await keeper.removeLog();
});
plugin.linked.status(({ stagedSource }) => keeperOf(stagedSource, stagedSource.stagedConnection).status());
// Between syncs, so that there is little left to copy when a sync is due.
plugin.linked.worker(({ stagedSource, sourceConfig }) => pullChanges(stagedSource, sourceConfig.path));
plugin.linked.preSnapshot(async ({ stagedSource, sourceConfig, optionalSnapshotParameters }) => {
  // A sync by a policy has no parameters, and never starts over.
  await pullChanges(stagedSource, sourceConfig.path, { startOver: optionalSnapshotParameters?.resync === true });
});
plugin.linked.postSnapshot(({ sourceConfig }) => ({ path: sourceConfig.path, takenAt: new Date().toISOString() }));
// The slow work, once for all copies; here the mounts are a clone's, and the staging copy goes on undisturbed.
plugin.linked.prepareSnapshot(({ stagedSource, snapshot }) =>
  prepareTree(stagedSource.stagedConnection, {
    dataset: datasetPath(stagedSource),
    maskedFiles: stagedSource.parameters.maskedFiles ?? [],
    snapshot,
  }),
);
plugin.linked.sourceSize(({ stagedSource, sourceConfig }) => measureTree(stagedSource.sourceConnection, sourceConfig.path));

// ---- The copies ----

plugin.virtual.mountSpecification(({ virtualSource }) => {
  const { environment } = virtualSource.connection;
  return new MountSpecification([new Mount(environment, virtualSource.parameters.mountPath)]);
});
plugin.virtual.initialize(async ({ virtualSource }) => {
  await makeEmptyTree(virtualSource.connection, datasetPath(virtualSource));
  await keeperOf(virtualSource, virtualSource.connection).start();
  return sourceConfigOf(virtualSource);
});
plugin.virtual.configure(async ({ virtualSource }) => {
  await keeperOf(virtualSource, virtualSource.connection).start();
  return sourceConfigOf(virtualSource);
});
plugin.virtual.reconfigure(async ({ virtualSource }) => {
  await keeperOf(virtualSource, virtualSource.connection).start();
  return sourceConfigOf(virtualSource);
});
plugin.virtual.unconfigure(({ virtualSource }) => keeperOf(virtualSource, virtualSource.connection).stop());
plugin.virtual.cleanup(({ virtualSource }) => keeperOf(virtualSource, virtualSource.connection).removeLog());
plugin.virtual.start(({ virtualSource }) => keeperOf(virtualSource, virtualSource.connection).start());
plugin.virtual.stop(({ virtualSource }) => keeperOf(virtualSource, virtualSource.connection).stop());
plugin.virtual.status(({ virtualSource }) => keeperOf(virtualSource, virtualSource.connection).status());
plugin.virtual.preSnapshot(({ virtualSource }) => flush(virtualSource.connection, datasetPath(virtualSource)));
plugin.virtual.postSnapshot(({ sourceConfig }) => ({ path: sourceConfig.path, takenAt: new Date().toISOString() }));
plugin.virtual.prepareSnapshot(({ virtualSource, snapshot }) =>
  prepareTree(virtualSource.connection, { dataset: datasetPath(virtualSource), maskedFiles: [], snapshot }),
);
plugin.virtual.sourceSize(({ virtualSource, sourceConfig }) => measureTree(virtualSource.connection, sourceConfig.path));
