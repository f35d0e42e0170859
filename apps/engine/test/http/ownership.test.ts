import { everyRoute, type OwnedObject } from "@opendvp/contract";
import type { Reference } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { everyExample } from "./example-requests.ts";
import { allJobsEnded, createTestServer } from "./test-server.ts";

const VDB = "APPDATA_CONTAINER-2";

/** Snapshots and timeflows of the example requests are the dSource's; these are the VDB's. */
const OF_VDB: Partial<Record<OwnedObject, readonly [string, string]>> = {
  snapshot: ["APPDATA_SNAPSHOT-1", "APPDATA_SNAPSHOT-3"],
  timeflow: ["APPDATA_TIMEFLOW-1", "APPDATA_TIMEFLOW-2"],
};

const OWNED = everyExample().flatMap(({ id, route, example }) => {
  if (route.owned === undefined) return [];
  const [of, instead] = OF_VDB[route.owned] ?? ["", ""];
  return [{ id, route, example: { ...example, path: example.path.replace(of, instead) } }];
});

async function createServer() {
  const testServer = await createTestServer();
  const { engine } = testServer;
  const add = (name: string, role: "user" | "reader"): string =>
    engine.users.addKey(engine.users.add(name, "password", role), "test", null);
  // JOB-1, about the VDB and asked for by somebody else.
  await engine.virtualSources.start(VDB, { by: { name: "engine", role: "admin" } });
  engine.asked.length = 0;
  return { ...testServer, stranger: add("stranger", "user"), add };
}

describe("what belongs to a VDB", () => {
  it("is what every route of users is about, but for those that make one", () => {
    const users = everyRoute().filter(({ route }) => route.role === "user");
    const free = users.filter(({ route }) => route.owned === undefined).map(({ noun, verb }) => `${noun}.${verb}`);
    expect(free).toEqual(
      ["provisionBySnapshot", "provisionByTimestamp", "provisionByLocation", "createEmpty"].map((verb) => `vdbs.${verb}`),
    );
  });

  it.each(OWNED)("is its owner's, operators' and administrators' to change by $id", async ({ route, example }) => {
    const { call, keys, engine, stranger } = await createServer();
    const refused = await call(route.method, example.path, { key: stranger, body: example.body });
    expect([refused.statusCode, refused.json()]).toEqual([
      403,
      expect.objectContaining({
        code: "NOT_ALLOWED",
        action: expect.stringContaining("its owner user (role user)"),
        details: { role: "user", needed: "operator", owner: "user", dataset: VDB },
      }),
    ]);
    expect(engine.asked).toEqual([]);
    for (const caller of ["user", "operator", "admin"] as const) {
      const fresh = await createServer();
      const answer = await fresh.call(route.method, example.path, { key: fresh.keys[caller], body: example.body });
      expect([caller, answer.statusCode]).not.toEqual([caller, 403]);
    }
    expect(keys.user).not.toBe(stranger);
  });

  it.each(OWNED)("of a VDB that nobody owns is for operators and administrators by $id", async ({ route, example }) => {
    const { call, keys, engine } = await createServer();
    engine.objects.datasets.set(VDB, { owner: null });
    const refused = await call(route.method, example.path, { key: keys.user, body: example.body });
    expect([refused.statusCode, refused.json()]).toEqual([
      403,
      expect.objectContaining({
        message: expect.stringContaining("belongs to nobody"),
        action: expect.stringContaining("operator or admin"),
      }),
    ]);
    expect((await call(route.method, example.path, { body: example.body })).statusCode).not.toBe(403);
  });

  it("is nobody's for the name of who has asked for a job: the engine's, or that of a user who is gone", async () => {
    const { call, engine, add, keys } = await createServer();
    engine.objects.datasets.set(VDB, { owner: null });
    const cancel = async (key: string) => (await call("POST", "/jobs/JOB-1/cancel", { key })).statusCode;
    expect(await cancel(add("engine", "user"))).toBe(403);
    engine.objects.actions.set("ACTION-1", { user: "ann", asker: "USER-99" });
    expect(await cancel(add("ann", "user"))).toBe(403);
    engine.objects.actions.set("ACTION-1", { asker: "USER-3" });
    expect(await cancel(keys.user)).not.toBe(403);
  });

  it("does not reach to a dSource, its snapshots or timeflows", async () => {
    const { call, keys } = await createServer();
    for (const [method, path] of [
      ["DELETE", "/snapshots/APPDATA_SNAPSHOT-1"],
      ["DELETE", "/timeflows/APPDATA_TIMEFLOW-1"],
    ] as const)
      expect([path, (await call(method, path, { key: keys.user })).json()]).toEqual([
        path,
        expect.objectContaining({ code: "NOT_ALLOWED" }),
      ]);
  });
});

describe("a VDB", () => {
  const body = { name: "vdb2", source_data_id: "payroll", environment_id: "local" };

  it("belongs to the user who made it, from a snapshot or empty", async () => {
    const { call, engine, stranger } = await createServer();
    for (const [path, sent] of [
      ["/vdbs/provision_by_snapshot", body],
      ["/vdbs/create_empty", { name: "vdb3", environment_id: "local", toolkit_id: "directory" }],
    ] as const) {
      expect((await call("POST", path, { key: stranger, body: sent })).statusCode).toBe(200);
      await allJobsEnded(engine);
      expect((await call("GET", `/vdbs/${sent.name}`)).json()).toMatchObject({ owner: "stranger", owner_id: "USER-5" });
      expect((await call("POST", `/vdbs/${sent.name}/stop`, { key: stranger })).statusCode).toBe(200);
    }
  });

  it("is shown with its owner, found and ordered by it", async () => {
    const { call, keys, engine } = await createServer();
    await call("POST", "/vdbs/provision_by_snapshot", { body });
    await allJobsEnded(engine);
    const names = async (query: string, filter?: string): Promise<string[]> =>
      (await call("POST", `/vdbs/search${query}`, { key: keys.reader, body: filter === undefined ? {} : { filter_expression: filter } }))
        .json<{ items: { name: string }[] }>()
        .items.map(({ name }) => name);
    expect(await names("?sort=owner")).toEqual(["vdb2", "vdb1"]);
    expect(await names("", 'owner EQ "user"')).toEqual(["vdb1"]);
  });

  it("is handed over by operators and administrators, by name or reference, and to nobody", async () => {
    const { call, keys, stranger } = await createServer();
    const hand = (owner: string | null, key?: string) =>
      call("PATCH", "/vdbs/vdb1", key === undefined ? { body: { owner } } : { key, body: { owner } });
    expect((await hand("stranger", keys.user)).json()).toMatchObject({ code: "NOT_ALLOWED", action: expect.any(String) });
    expect((await hand("stranger", keys.operator)).json()).toMatchObject({ owner: "stranger" });
    expect((await call("POST", "/vdbs/vdb1/stop", { key: keys.user })).statusCode).toBe(403);
    expect((await call("POST", "/vdbs/vdb1/stop?wait=true", { key: stranger })).statusCode).toBe(200);
    expect((await hand("USER-3")).json()).toMatchObject({ owner: "user", owner_id: "USER-3" });
    expect((await hand("strangr")).json()).toMatchObject({ code: "NOT_FOUND" });
    expect((await hand(null)).json()).toMatchObject({ owner: null, owner_id: null });
  });

  it("that changes its name while somebody asks for it does not lead to another one", async () => {
    const { call, engine, stranger } = await createServer();
    await call("POST", "/vdbs/provision_by_snapshot", { key: stranger, body });
    await allJobsEnded(engine);
    const find = engine.resolveVirtualSource.bind(engine);
    let calls = 0;
    engine.resolveVirtualSource = async (text) => {
      const found = await find(text);
      // Between the check and the use, the names are exchanged.
      if (calls++ === 0) {
        engine.objects.datasets.set(found.reference, { name: "other" });
        engine.objects.datasets.set(VDB, { name: "vdb2" });
      }
      return found;
    };
    const answer = await call("POST", "/vdbs/vdb2/stop", { key: stranger });
    expect(answer.json<{ vdb_id: Reference }>().vdb_id).not.toBe(VDB);
    expect(calls).toBeGreaterThan(0);
  });
});

describe("a job", () => {
  it("may be stopped by the one who asked for it", async () => {
    const { call, engine, stranger } = await createServer();
    engine.jobs.gate = new Promise(() => undefined);
    const started = await call("POST", "/vdbs/create_empty", {
      key: stranger,
      body: { name: "vdb2", environment_id: "local", toolkit_id: "directory" },
    });
    const { id } = started.json<{ job: { id: string } }>().job;
    expect((await call("POST", `/jobs/${id}/cancel`, { key: stranger })).statusCode).toBe(200);
  });
});
