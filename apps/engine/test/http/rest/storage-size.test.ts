import { expect, it } from "vitest";
import { createTestServer } from "../test-server.ts";

it("shows of a dSource all that its data takes, which its snapshots share, and of a VDB what it alone holds", async () => {
  const { call, engine } = await createTestServer();
  expect((await call("GET", "/dsources/payroll")).json()).toMatchObject({ storage_size: 1_500_000, usage: { exclusive_bytes: 4096 } });
  expect((await call("GET", "/vdbs/vdb1")).json()).toMatchObject({ storage_size: 4096, usage: { referenced_bytes: 1_500_000 } });
  engine.objects.datasets.set("APPDATA_CONTAINER-1", { usage: null });
  expect((await call("GET", "/dsources/payroll")).json()).toMatchObject({ storage_size: null, usage: null });
});
