import { hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(async () => {
  const host = (globalThis as Record<symbol, unknown>)[Symbol.for("opendvp.plugin-host.1")] as Host;
  await host.request("library/../engine/shutdown", {});
});

interface Host {
  request(method: string, params: object): Promise<unknown>;
}
