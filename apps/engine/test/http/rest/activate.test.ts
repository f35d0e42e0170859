import { expect, it } from "vitest";
import { createTestServer } from "../test-server.ts";

it("POST /plugins/{pluginId}/activate answers with what goes on: the inactive version is gone once the job has ended", async () => {
  const { call, engine } = await createTestServer();
  const [active] = engine.objects.plugins.all;
  if (active === undefined) throw new Error("the seeded engine has a plugin");
  engine.objects.plugins.put({ ...active, reference: "APPDATA_TOOLKIT-9", buildNumber: "0.5", status: "INACTIVE" });
  const answer = await call("POST", "/plugins/APPDATA_TOOLKIT-9/activate");
  expect(answer.json()).toMatchObject({ plugin_id: active.reference, job: { localized_type: "Activate APPDATA_TOOLKIT-9" } });
});
