import { DirectPlugin, libs, Mount, MountSpecification } from "@opendvp/plugin-sdk";

interface Definitions {
  readonly repository: { readonly name: string };
  readonly sourceConfig: { readonly path: string };
  readonly linkedSource: { readonly note?: string };
  readonly virtualSource: { readonly mountPath: string; readonly note: string; readonly token: string };
  readonly snapshot: { readonly takenAt: string };
  readonly snapshotParameters: object;
}

export const plugin = new DirectPlugin<Definitions>();

plugin.discovery.repository(() => [{ name: "Notes" }]);
plugin.discovery.sourceConfig(() => []);
plugin.linked.preSnapshot(({ directSource, sourceConfig }) => libs.runSync(directSource.connection, sourceConfig.path));
plugin.linked.postSnapshot(() => ({ takenAt: new Date().toISOString() }));
plugin.virtual.mountSpecification(
  ({ virtualSource }) => new MountSpecification([new Mount(virtualSource.connection.environment, virtualSource.parameters.mountPath)]),
);
plugin.virtual.configure(({ virtualSource }) => ({ path: virtualSource.parameters.mountPath }));
plugin.virtual.reconfigure(({ virtualSource }) => ({ path: virtualSource.parameters.mountPath }));
plugin.virtual.unconfigure(() => undefined);
plugin.virtual.postSnapshot(() => ({ takenAt: new Date().toISOString() }));
