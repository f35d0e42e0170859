import { DirectPlugin, libs, Mount, MountSpecification, UserError } from "@opendvp/plugin-sdk";
import type { JsonObject } from "@opendvp/model";

interface VirtualSource {
  readonly mountPath: string;
  readonly notes: readonly string[];
  readonly login: { readonly type: string; readonly username?: string; readonly password?: string };
}

interface Definitions {
  readonly repository: { readonly name: string; readonly edition: number };
  readonly sourceConfig: { readonly path: string; readonly title: string };
  readonly linkedSource: { readonly notes: readonly string[] };
  readonly virtualSource: VirtualSource;
  readonly snapshot: { readonly takenAt: string; readonly version: number };
  readonly snapshotParameters: object;
}

export const plugin = new DirectPlugin<Definitions>();

plugin.discovery.repository(() => [{ name: "Notes", edition: 2 }]);
plugin.discovery.sourceConfig(() => []);
plugin.linked.preSnapshot(async ({ directSource, sourceConfig, repository }) => {
  mustBeNew(repository.edition, directSource.parameters.notes, sourceConfig.title);
  await libs.runSync(directSource.connection, sourceConfig.path);
});
plugin.linked.postSnapshot(() => ({ takenAt: new Date().toISOString(), version: 2 }));
plugin.virtual.mountSpecification(
  ({ virtualSource }) => new MountSpecification([new Mount(virtualSource.connection.environment, virtualSource.parameters.mountPath)]),
);
plugin.virtual.configure((input) => configured(input));
plugin.virtual.reconfigure(({ sourceConfig, ...input }) => {
  mustBeNew(sourceConfig.title);
  return configured(input);
});
plugin.virtual.unconfigure(({ sourceConfig }) => mustBeNew(sourceConfig.title));
plugin.virtual.postSnapshot(() => ({ takenAt: new Date().toISOString(), version: 2 }));

/** What version 1.0 has made is in the form of 2.0 by now, or it has no business here. */
function configured({
  virtualSource,
  repository,
  snapshot,
}: {
  readonly virtualSource: { readonly parameters: VirtualSource };
  readonly repository: Definitions["repository"];
  readonly snapshot: Definitions["snapshot"];
}): Definitions["sourceConfig"] {
  const { mountPath, notes, login } = virtualSource.parameters;
  mustBeNew(repository.edition, notes, snapshot.version, login.password);
  return { path: mountPath, title: mountPath };
}

function mustBeNew(...values: readonly unknown[]): void {
  if (values.includes(undefined)) throw new UserError("This is in the form of version 1.0.", "Migrate it.");
}

plugin.upgrade.repository("2.0.1", ({ oldRepository }) => ({ ...oldRepository, edition: 2 }));
plugin.upgrade.sourceConfig("2.0.2", ({ oldSourceConfig }) => ({ ...oldSourceConfig, title: oldSourceConfig["path"] }));
plugin.upgrade.linkedSource("2.0.3", ({ oldLinkedSource }): JsonObject => {
  const { note = "", ...rest } = oldLinkedSource;
  if (note === "poison") throw new UserError("This note cannot be read.", "Change it.");
  return { ...rest, notes: [note] };
});
plugin.upgrade.virtualSource("2.0.4", ({ oldVirtualSource: { note = "", ...rest } }): JsonObject => ({ ...rest, notes: [note] }));
plugin.upgrade.virtualSource("2.0.5", async ({ oldVirtualSource: { token, ...rest } }): Promise<JsonObject> => {
  return { ...rest, login: await libs.upgradePassword(typeof token === "string" ? token : "", "scott") };
});
plugin.upgrade.snapshot("2.0.6", ({ oldSnapshot }) => ({ ...oldSnapshot, version: 1 }));
