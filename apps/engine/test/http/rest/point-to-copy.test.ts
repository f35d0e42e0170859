import { describe, expect, it } from "vitest";
import { createTestServer } from "../test-server.ts";

const VDB = { name: "vdb2", environment_id: "local", appdata_source_params: { mountPath: "/mnt/vdb2" } };

describe.each([
  ["provision_by_snapshot", "snapshot_id"],
  ["provision_by_location", "location"],
] as const)("POST /vdbs/%s", (route, member) => {
  it("copies the snapshot that is named, of the dataset that is named with it", async () => {
    const { call, engine } = await createTestServer();
    const [snapshot] = engine.objects.snapshots.all;
    const body = { ...VDB, [member]: snapshot?.reference, source_data_id: snapshot?.container };
    expect((await call("POST", `/vdbs/${route}`, { body })).json()).toMatchObject({ vdb_id: expect.any(String) as string });
  });

  it("refuses a snapshot of another dataset than the one that is named with it, and makes nothing", async () => {
    const { call, engine } = await createTestServer();
    const [snapshot] = engine.objects.snapshots.all;
    const other = engine.objects.datasets.all.find(({ reference }) => reference !== snapshot?.container);
    const former = engine.objects.datasets.all.length;
    const body = { ...VDB, [member]: snapshot?.reference, source_data_id: other?.name };
    const answer = await call("POST", `/vdbs/${route}`, { body });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: "INPUT_INVALID",
      message: `The snapshot ${String(snapshot?.name)} is not of ${String(other?.name)}.`,
      details: { snapshot: snapshot?.reference, dataset: snapshot?.container },
    });
    expect(engine.objects.datasets.all).toHaveLength(former);
  });
});
