import { DirectPlugin } from "@opendvp/plugin-sdk";
import { discoverRepositories } from "./discover-repositories.ts";
import type { Definitions } from "./generated/definitions.ts";
import { checkReadable } from "./linked/check-readable.ts";
import { describeSourceSnapshot } from "./linked/describe-source-snapshot.ts";
import { measureSource } from "./linked/measure-source.ts";
import { pullTree } from "./linked/pull-tree.ts";
import { checkPresent } from "./virtual/check-present.ts";
import { describeCopySnapshot } from "./virtual/describe-copy-snapshot.ts";
import { mountPoint } from "./virtual/mount-point.ts";
import { sourceConfigOf } from "./virtual/source-config-of.ts";

/** Virtual copies of any directory tree: the engine pulls it from its host, and a copy is ready as soon as it is mounted. */
export const plugin = new DirectPlugin<Definitions>();

plugin.discovery.repository(({ sourceConnection }) => discoverRepositories(sourceConnection));
// Which directories matter, only their owners know.
plugin.discovery.sourceConfig(() => []);

plugin.linked.preSnapshot(async ({ directSource, sourceConfig }) => {
  await checkReadable(directSource.connection, sourceConfig.path);
  await pullTree(directSource, sourceConfig.path);
});
plugin.linked.postSnapshot(({ directSource, sourceConfig }) => describeSourceSnapshot(directSource.connection, sourceConfig.path));
plugin.linked.sourceSize(({ directSource, sourceConfig }) => measureSource(directSource.connection, sourceConfig.path));

// A directory is a dataset as it stands: nothing in it has to be changed, started or stopped. It is up while it is
// mounted, which the engine sees by itself.
plugin.virtual.mountSpecification(({ virtualSource }) => mountPoint(virtualSource));
plugin.virtual.initialize(({ virtualSource }) => sourceConfigOf(virtualSource));
plugin.virtual.configure(({ virtualSource }) => sourceConfigOf(virtualSource));
plugin.virtual.reconfigure(({ virtualSource }) => sourceConfigOf(virtualSource));
plugin.virtual.start(({ virtualSource }) => checkPresent(virtualSource));
plugin.virtual.postSnapshot(({ virtualSource }) => describeCopySnapshot(virtualSource));
