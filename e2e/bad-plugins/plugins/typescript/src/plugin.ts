import { DirectPlugin, libs, Mount, MountSpecification } from "@opendvp/plugin-sdk";

interface Definitions {
  readonly repository: { readonly name: string };
  readonly sourceConfig: { readonly name: string; readonly path: string };
  readonly linkedSource: object;
  readonly virtualSource: { readonly mountPath: string; readonly how?: string };
  readonly snapshot: object;
  readonly snapshotParameters: object;
}

export const plugin = new DirectPlugin<Definitions>();

plugin.discovery.repository(() => [{ name: "odd" }]);
plugin.discovery.sourceConfig(() => []);
plugin.linked.preSnapshot(({ directSource, sourceConfig }) => libs.runSync(directSource.connection, sourceConfig.path));
plugin.linked.postSnapshot(() => ({}));
plugin.virtual.mountSpecification(
  ({ virtualSource }) => new MountSpecification([new Mount(virtualSource.connection.environment, virtualSource.parameters.mountPath)]),
);
plugin.virtual.configure(async ({ virtualSource: { connection, parameters } }) => {
  const { how = "", mountPath } = parameters;
  if (how === "hang") for (;;);
  if (how === "raise") throw new Error("This is odd.");
  if (how === "slow") await libs.runBash(connection, "sleep 3");
  if (how === "wrong class") return "text" as unknown as { name: string; path: string };
  if (how === "wrong field") return { name: "copy" } as { name: string; path: string };
  return { name: "copy", path: mountPath };
});
plugin.virtual.reconfigure(({ virtualSource }) => ({ name: "copy", path: virtualSource.parameters.mountPath }));
plugin.virtual.unconfigure(() => undefined);
plugin.virtual.postSnapshot(() => ({}));
