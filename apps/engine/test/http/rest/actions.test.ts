import type { Action } from "@opendvp/contract";
import type { Action as ActionEntity } from "@opendvp/core";
import { describe, expect, it } from "vitest";
import { createTestServer, type TestServer } from "../test-server.ts";

const DAYS = ["2026-11-01", "2026-11-10", "2026-11-20"] as const;

async function createServer(): Promise<TestServer & { readonly ids: (query: string, filter?: string) => Promise<string[]> }> {
  const testServer = await createTestServer();
  const { engine, call } = testServer;
  for (const [index, day] of DAYS.entries()) {
    const [at, state] = [`${day}T00:00:00.000Z`, index === 2 ? "REFUSED" : "COMPLETED"] as const;
    const action: ActionEntity = {
      reference: engine.objects.next("ACTION"),
      title: `Do ${index}`,
      operation: "vdb.stop",
      target: index === 0 ? "APPDATA_CONTAINER-99" : "APPDATA_CONTAINER-2",
      user: index === 1 ? "user" : "admin",
      asker: index === 1 ? "USER-3" : "USER-1",
      parent: null,
      state,
      errorCode: state === "REFUSED" ? "NOT_ALLOWED" : null,
      times: 1,
      startedAt: at,
      endedAt: at,
    };
    engine.objects.actions.put(action);
  }
  const ids = async (query: string, filter?: string): Promise<string[]> => {
    const answer = await call("POST", `/actions/search${query}`, { body: filter === undefined ? {} : { filter_expression: filter } });
    const list = filter === undefined ? await call("GET", `/actions${query}`) : answer;
    expect(list.json()).toEqual(answer.json());
    return answer.json<{ items: Action[] }>().items.map(({ id }) => id);
  };
  return { ...testServer, ids };
}

describe("actions", () => {
  it("are listed, the newest first, in pages", async () => {
    const { ids, call } = await createServer();
    expect(await ids("")).toEqual(["ACTION-3", "ACTION-2", "ACTION-1"]);
    const page = (await call("GET", "/actions?limit=2")).json<{ response_metadata: { total: number; next_cursor: string } }>();
    expect(page.response_metadata.total).toBe(3);
    expect(await ids(`?limit=2&cursor=${page.response_metadata.next_cursor}`)).toEqual(["ACTION-1"]);
  });

  it("are found by user, object and time, objects that have gone included", async () => {
    const { ids } = await createServer();
    expect(await ids("?user=admin")).toEqual(["ACTION-3", "ACTION-1"]);
    expect(await ids("?target=vdb1")).toEqual(["ACTION-3", "ACTION-2"]);
    expect(await ids("?target=APPDATA_CONTAINER-99")).toEqual(["ACTION-1"]);
    expect(await ids("?since=2026-11-10&until=2026-11-20T00:00:00Z")).toEqual(["ACTION-2"]);
    expect(await ids("?user=admin&since=2026-11-02")).toEqual(["ACTION-3"]);
    expect(await ids("", 'status EQ "REFUSED"')).toEqual(["ACTION-3"]);
    expect(await ids("?user=user", 'status EQ "REFUSED"')).toEqual([]);
  });

  it("refuse a moment and an object that are none", async () => {
    const { call } = await createServer();
    expect((await call("GET", "/actions?since=yesterday")).json()).toMatchObject({
      code: "INPUT_INVALID",
      details: { in: "query", path: "/since" },
    });
    expect((await call("GET", "/actions?target=nothing")).json()).toMatchObject({ code: "NOT_FOUND" });
    expect((await call("GET", "/actions/ACTION-99")).json()).toMatchObject({ code: "NOT_FOUND" });
  });

  it("are read by operators and administrators alone", async () => {
    const { call, keys } = await createServer();
    expect((await call("GET", "/actions", { key: keys.operator })).statusCode).toBe(200);
    expect((await call("GET", "/actions", { key: keys.user })).statusCode).toBe(403);
  });

  it("name the job that they led to", async () => {
    const { call } = await createServer();
    const { job } = (await call("POST", "/vdbs/vdb1/stop")).json<{ job: { id: string } }>();
    const [newest] = (await call("GET", "/actions?limit=1")).json<{ items: Action[] }>().items;
    expect(newest).toMatchObject({ job_id: job.id, target_id: "APPDATA_CONTAINER-2", user: "admin" });
    expect((await call("GET", `/actions/${newest?.id ?? ""}`)).json()).toMatchObject({ id: newest?.id, job_id: job.id });
  });
});

describe("what is refused", () => {
  it("is recorded with who asked and the route, never with what was sent", async () => {
    const { call, keys, engine } = await createTestServer();
    const stranger = engine.users.addKey(engine.users.add("stranger", "password", "user"), "test", null);
    await call("POST", "/management/accounts", { key: keys.reader, body: { username: "x", password: "secret-of-x", role: "admin" } });
    await call("POST", "/vdbs/vdb1/stop", { key: stranger });
    const body = { name: "v2", source_data_id: "payroll", environment_id: "local", configure_clone: [{ command: "secret" }] };
    await call("POST", "/vdbs/provision_by_snapshot", { key: keys.user, body });
    await call("DELETE", "/management/api_keys/API_KEY-1", { key: keys.user });
    expect(engine.refused).toEqual([
      {
        user: "reader",
        asker: "USER-4",
        title: "POST /management/accounts",
        operation: "accounts.create",
        target: null,
        errorCode: "NOT_ALLOWED",
      },
      {
        user: "stranger",
        asker: "USER-5",
        title: "POST /vdbs/{vdbId}/stop",
        operation: "vdbs.stop",
        target: "APPDATA_CONTAINER-2",
        errorCode: "NOT_ALLOWED",
      },
      {
        user: "user",
        asker: "USER-3",
        title: "POST /vdbs/provision_by_snapshot",
        operation: "vdbs.provisionBySnapshot",
        target: null,
        errorCode: "NOT_ALLOWED",
      },
      {
        user: "user",
        asker: "USER-3",
        title: "DELETE /management/api_keys/{apiKeyId}",
        operation: "apiKeys.delete",
        target: null,
        errorCode: "NOT_ALLOWED",
      },
    ]);
  });

  it("is not what failed for another reason, or came from nobody", async () => {
    const { call, keys, engine } = await createTestServer();
    await call("POST", "/vdbs/nothing/stop", { key: keys.admin });
    await call("POST", "/vdbs/vdb1/stop", { key: "unknown" });
    expect(engine.refused).toEqual([]);
  });
});
