import { expect, it } from "vitest";
import { createTestServer } from "../test-server.ts";
import { installAcmeToolkit } from "../typed-objects/acme-toolkit.ts";

it("GET /toolkits tells plugins and toolkits of before apart, and what their definitions are", async () => {
  const { call, engine } = await createTestServer();
  installAcmeToolkit(engine);
  const { items } = (await call("GET", "/toolkits")).json<{ items: object[] }>();
  expect(items).toMatchObject([
    {
      type: "Plugin",
      linked_source_definition: { type: "PluginLinkedDirectSourceDefinition" },
      discovery_definition: { type: "PluginDiscoveryDefinition" },
    },
    {
      type: "Toolkit",
      name: "acme-files",
      linked_source_definition: { type: "ToolkitLinkedDirectSource" },
      virtual_source_definition: { type: "ToolkitVirtualSource" },
      discovery_definition: { type: "ToolkitDiscoveryDefinition" },
    },
  ]);
});
