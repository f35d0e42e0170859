import type { Vdb } from "@opendvp/contract";
import type { Reference } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { addSnapshot } from "../../memory-engine/memory-datasets.ts";
import { createTestServer, type TestServer } from "../test-server.ts";

interface Answer {
  readonly items: readonly { readonly id: string; readonly dataset_id: string }[];
  readonly response_metadata: { readonly total: number; readonly next_cursor?: string; readonly prev_cursor?: string };
}

/** A server whose engine has 12 snapshots, 2 of them of the VDB. */
async function manySnapshots(): Promise<TestServer> {
  const test = await createTestServer();
  for (let i = 0; i < 8; i++) addSnapshot(test.engine.objects, "APPDATA_CONTAINER-1");
  return test;
}

describe("a listing", () => {
  it("comes in pages, forwards and backwards, in the order of its ids' numbers", async () => {
    const { call } = await manySnapshots();
    const ids: string[] = [];
    let path = "/snapshots?limit=5";
    for (;;) {
      const { items, response_metadata } = (await call("GET", path)).json<Answer>();
      expect(response_metadata.total).toBe(12);
      ids.push(...items.map(({ id }) => id));
      if (response_metadata.next_cursor === undefined) break;
      path = `/snapshots?limit=5&cursor=${response_metadata.next_cursor}`;
    }
    expect(ids).toEqual(Array.from({ length: 12 }, (_, index) => `APPDATA_SNAPSHOT-${index + 1}`));
    const last = (await call("GET", path)).json<Answer>();
    const before = (await call("GET", `/snapshots?limit=5&cursor=${last.response_metadata.prev_cursor ?? ""}`)).json<Answer>();
    expect(before.items.map(({ id }) => id)).toEqual(ids.slice(5, 10));
  });

  it.each(["sort=id", "sort=-id", "sort=dataset_name", "sort=-timestamp", "sort=is_provisionable"])("can be ordered: %s", async (query) => {
    const { call } = await manySnapshots();
    const whole = (await call("GET", `/snapshots?${query}`)).json<Answer>().items;
    const paged = (await call("GET", `/snapshots?${query}&limit=7`)).json<Answer>();
    const rest = (await call("GET", `/snapshots?${query}&limit=7&cursor=${paged.response_metadata.next_cursor ?? ""}`)).json<Answer>();
    expect([...paged.items, ...rest.items]).toEqual(whole);
    expect(whole.length).toBe(12);
  });

  it("gives the same items when a filter takes them all, and fewer when it does not", async () => {
    const { call } = await manySnapshots();
    const plain = (await call("GET", "/snapshots?sort=-id")).json<Answer>();
    const all = await call("POST", "/snapshots/search?sort=-id", { body: { filter_expression: "name NE nil" } });
    expect(all.json<Answer>()).toEqual(plain);
    const some = await call("POST", "/snapshots/search", {
      body: { filter_expression: 'dataset_name eq "vdb1" and not is_provisionable EQ false' },
    });
    expect(some.json<Answer>().items.map(({ dataset_id }) => dataset_id)).toEqual(["APPDATA_CONTAINER-2", "APPDATA_CONTAINER-2"]);
  });

  it("of a dataset's snapshots holds those of that dataset", async () => {
    const { call } = await manySnapshots();
    expect((await call("GET", "/vdbs/vdb1/snapshots")).json<Answer>().response_metadata.total).toBe(2);
    expect((await call("GET", "/dsources/payroll/snapshots?limit=3")).json<Answer>().items.length).toBe(3);
  });

  it("refuses a cursor of its caller's making and a member that is not there", async () => {
    const { call } = await manySnapshots();
    expect((await call("GET", "/snapshots?cursor=abc")).json()).toMatchObject({ code: "INPUT_INVALID", details: { keyword: "cursor" } });
    expect((await call("GET", "/snapshots?sort=dataset")).json()).toMatchObject({
      action: expect.stringMatching(/Did you mean/) as string,
    });
  });

  it.each([1, 40, 300])("of %s copies, and copies of copies, shows each as a look at it does", async (count) => {
    const { call, engine } = await createTestServer();
    const { datasets, mounts } = engine.objects;
    const [model] = datasets.all.filter(({ kind }) => kind === "VDB");
    if (model?.kind !== "VDB" || model.currentTimeflow === null) throw new Error("There is no VDB to go by.");
    const { environment, currentTimeflow: timeflow } = model;
    const among: Reference<"APPDATA_CONTAINER">[] = [model.reference];
    for (let n = 0; n < count; n++) {
      const reference = engine.objects.next("APPDATA_CONTAINER");
      const parent = among[Math.floor(n / 3)] ?? model.reference;
      datasets.put({ ...model, reference, name: `copy${n}`, guid: `copy${n}`, parent });
      const place = { environment, mountPath: `/mnt/copy${n}`, sharedPath: "", createdDirectories: [], createdAt: model.createdAt };
      mounts.put({ reference: engine.objects.next("MOUNT"), container: reference, timeflow, storageName: reference, ...place });
      among.push(reference);
    }
    const { items } = (await call("GET", "/vdbs?limit=1000")).json<{ items: Vdb[] }>();
    expect(items).toHaveLength(among.length);
    for (const item of items) {
      const { appdata_config_params: _, ...shown } = (await call("GET", `/vdbs/${item.id}`)).json<Vdb>();
      expect(item).toEqual(shown);
    }
    const [first] = items;
    expect(first).toMatchObject({ dependant_vdbs: Math.min(3, count), parent_name: "payroll", parent_dsource_id: model.parent });
    expect(items.at(-1)).toMatchObject({ mount_point: `/mnt/copy${count - 1}`, parent_dsource_id: model.parent });
  });
});
