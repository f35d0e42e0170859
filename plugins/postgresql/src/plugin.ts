import { Mount, MountSpecification, StagedPlugin } from "@opendvp/plugin-sdk";
import { datasetPath } from "./dataset-path.ts";
import { discoverClusters } from "./discovery/discover-clusters.ts";
import { discoverRepositories } from "./discovery/discover-repositories.ts";
import type { Definitions } from "./generated/definitions.ts";
import { measureData } from "./measure-data.ts";
import { prepareSnapshot } from "./server/prepare-snapshot.ts";
import { catchUp, lookAtReceiver, stagingStatus, startStaging, stopStaging, takeBaseBackup } from "./staging/staging.ts";
import { beforeSnapshot, configureCopy, copyStatus, initializeCopy, startCopy, stopCopy } from "./virtual/copy.ts";

/** PostgreSQL clusters: a staging copy that receives its source's WAL, and copies that are servers of their own. */
export const plugin = new StagedPlugin<Definitions>();

/** Who initdb names the superuser after, where nobody has said otherwise yet. */
const USUAL_SUPERUSER = "postgres";

plugin.discovery.repository(({ sourceConnection }) => discoverRepositories(sourceConnection));
plugin.discovery.sourceConfig(({ sourceConnection, repository }) => discoverClusters(sourceConnection, repository));

// ---- The staging copy ----

plugin.linked.mountSpecification(({ stagedSource }) => {
  const { environment } = stagedSource.stagedConnection;
  return new MountSpecification([new Mount(environment, stagedSource.parameters.mountPath)]);
});
plugin.linked.startStaging(startStaging);
plugin.linked.stopStaging(stopStaging);
plugin.linked.status(stagingStatus);
plugin.linked.worker(lookAtReceiver);
plugin.linked.preSnapshot(async ({ optionalSnapshotParameters, ...input }) => {
  // A sync by a policy has no parameters, and never starts over.
  if (optionalSnapshotParameters?.resync === true) await takeBaseBackup(input);
  await catchUp(input);
});
plugin.linked.postSnapshot(({ repository }) => ({ version: repository.version, takenAt: new Date().toISOString() }));
plugin.linked.prepareSnapshot(({ stagedSource, repository, snapshot }) =>
  prepareSnapshot(stagedSource.stagedConnection, { dataset: datasetPath(stagedSource), repository, snapshot }),
);
plugin.linked.sourceSize(({ stagedSource }) => measureData(stagedSource.stagedConnection, datasetPath(stagedSource)));

// ---- The copies ----

plugin.virtual.mountSpecification(({ virtualSource }) => {
  const { environment } = virtualSource.connection;
  return new MountSpecification([new Mount(environment, virtualSource.parameters.mountPath)]);
});
plugin.virtual.initialize((input) => initializeCopy(input));
plugin.virtual.configure(({ snapshot, ...input }) => configureCopy(input, snapshot.superuser ?? USUAL_SUPERUSER));
plugin.virtual.reconfigure(({ snapshot, sourceConfig, ...input }) =>
  configureCopy(input, snapshot.superuser ?? sourceConfig.superuser ?? USUAL_SUPERUSER),
);
plugin.virtual.start(({ sourceConfig, ...input }) => startCopy(input, sourceConfig.superuser ?? USUAL_SUPERUSER));
plugin.virtual.stop((input) => stopCopy(input));
// All that a copy has lies in its dataset: nothing is left to be cleaned up.
plugin.virtual.unconfigure((input) => stopCopy(input));
plugin.virtual.status((input) => copyStatus(input));
plugin.virtual.preSnapshot(({ sourceConfig, ...input }) => beforeSnapshot(input, sourceConfig.superuser ?? USUAL_SUPERUSER));
plugin.virtual.postSnapshot(({ repository, sourceConfig: { superuser } }) => ({
  version: repository.version,
  takenAt: new Date().toISOString(),
  ...(superuser === undefined ? {} : { superuser }),
}));
plugin.virtual.prepareSnapshot(({ virtualSource, repository, snapshot }) =>
  prepareSnapshot(virtualSource.connection, { dataset: datasetPath(virtualSource), repository, snapshot }),
);
plugin.virtual.sourceSize(({ virtualSource }) => measureData(virtualSource.connection, datasetPath(virtualSource)));
