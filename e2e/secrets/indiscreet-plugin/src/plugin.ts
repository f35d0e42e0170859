import { DirectPlugin, libs, logger, Mount, MountSpecification, UserError, type RemoteConnection } from "@opendvp/plugin-sdk";

interface Definitions {
  readonly repository: { readonly name: string };
  readonly sourceConfig: { readonly name: string };
  readonly linkedSource: object;
  readonly virtualSource: { readonly mountPath: string; readonly how: string; readonly pw: string };
  readonly snapshot: object;
  readonly snapshotParameters: object;
}

export const plugin = new DirectPlugin<Definitions>();

plugin.discovery.repository(() => [{ name: "Indiscreet" }]);
plugin.discovery.sourceConfig(() => []);
plugin.linked.preSnapshot(() => undefined);
plugin.linked.postSnapshot(() => ({}));
plugin.virtual.mountSpecification(
  ({ virtualSource }) => new MountSpecification([new Mount(virtualSource.connection.environment, virtualSource.parameters.mountPath)]),
);
plugin.virtual.configure(() => ({ name: "copy" }));
plugin.virtual.reconfigure(() => ({ name: "copy" }));
plugin.virtual.unconfigure(() => undefined);
plugin.virtual.postSnapshot(() => ({}));
plugin.virtual.initialize(async ({ virtualSource: { connection, parameters } }) => {
  logger.info(`The password is ${parameters.pw}`);
  await tell(connection, parameters);
  return { name: "empty" };
});

async function tell(connection: RemoteConnection, { how, pw }: { readonly how: string; readonly pw: string }): Promise<void> {
  switch (how) {
    case "user-error":
      throw new UserError(`Nope with ${pw}`, `Try ${pw}.`, `out ${pw}`);
    case "bug":
      throw new Error(`postgres://u:${pw}@h`);
    case "exit":
      console.error(pw);
      process.exit(5);
      break;
    default:
      await libs.runBash(connection, 'echo "pw is $PW"; exit 4', { variables: { PW: pw }, check: true });
  }
}
