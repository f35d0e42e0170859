import { ROUTE_ROLES, type RouteRole } from "@opendvp/contract";
import { describe, expect, it } from "vitest";
import { everyExample } from "./example-requests.ts";
import { createTestServer } from "./test-server.ts";

const CALLERS = ["reader", "user", "operator", "admin"] as const;

function mayCall(caller: (typeof CALLERS)[number], least: RouteRole): boolean {
  return ROUTE_ROLES.indexOf(caller) >= ROUTE_ROLES.indexOf(least);
}

describe("access", () => {
  it.each(everyExample().filter(({ route }) => route.answer.kind !== "events"))(
    "to $id needs a login and the role of its route",
    async ({ route, example }) => {
      const { call, keys, engine } = await createTestServer();
      if (route.role !== "anyone") {
        for (const key of [null, "", "unknown"])
          expect((await call(route.method, example.path, { key, body: example.body })).json()).toMatchObject({ code: "NOT_LOGGED_IN" });
      }
      for (const caller of CALLERS.filter((each) => !mayCall(each, route.role))) {
        const refused = await call(route.method, example.path, { key: keys[caller], body: example.body });
        expect([caller, refused.statusCode, refused.json()]).toEqual([caller, 403, expect.objectContaining({ code: "NOT_ALLOWED" })]);
      }
      expect(engine.asked).toEqual([]);
    },
  );

  it("checks the login before it reads a body", async () => {
    const { server } = await createTestServer();
    const answer = await server.inject({
      method: "POST",
      url: "/v3/plugins",
      payload: "{",
      headers: { "content-type": "application/json" },
    });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers["www-authenticate"]).toBe('apk realm="OpenDVP"');
  });

  it("says who asked to the engine, and whether to queue", async () => {
    const { call, keys, engine } = await createTestServer();
    await call("POST", "/vdbs/vdb1/stop?wait=true", { key: keys.user });
    expect(engine.asked).toEqual([{ what: "virtualSources.stop", input: ["APPDATA_CONTAINER-2", {}], by: "user" }]);
  });

  it.each([
    ["a copy", "/vdbs/provision_by_snapshot", { source_data_id: "payroll" }],
    ["an empty VDB", "/vdbs/create_empty", { toolkit_id: "directory" }],
  ])("does not let users put commands on hosts by way of the hooks of %s", async (_what, path, of) => {
    const { call, keys, engine } = await createTestServer();
    const body = { name: "v2", environment_id: "local", ...of, configure_clone: [{ command: "id" }] };
    const refused = await call("POST", path, { key: keys.user, body });
    expect([refused.statusCode, refused.json()]).toEqual([
      403,
      expect.objectContaining({ code: "NOT_ALLOWED", details: { role: "user", needed: "operator" } }),
    ]);
    expect(engine.asked).toEqual([]);
    expect((await call("POST", path, { key: keys.operator, body })).statusCode).toBe(200);
  });

  it("does not let users set or remove hooks, not even of their own VDBs", async () => {
    const { call, keys, engine } = await createTestServer();
    const body = { hooks: [{ command: "id" }] };
    expect((await call("GET", "/vdbs/vdb1")).json()).toMatchObject({ owner: "user" });
    expect((await call("PUT", "/datasets/vdb1/hooks/post_refresh", { key: keys.user, body })).json()).toMatchObject({
      code: "NOT_ALLOWED",
    });
    expect((await call("DELETE", "/datasets/vdb1/hooks/post_refresh", { key: keys.user })).json()).toMatchObject({ code: "NOT_ALLOWED" });
    expect(engine.asked).toEqual([]);
    expect((await call("PUT", "/datasets/vdb1/hooks/post_refresh", { key: keys.operator, body })).statusCode).toBe(200);
  });

  it("shows people their own API keys only, and lets them make and delete no others", async () => {
    const { call, keys } = await createTestServer();
    const own = (await call("GET", "/management/api_keys", { key: keys.user })).json<{ items: { account_name: string }[] }>();
    expect(own.items.map(({ account_name }) => account_name)).toEqual(["user"]);
    expect((await call("GET", "/management/api_keys")).json<{ items: unknown[] }>().items.length).toBe(4);
    expect((await call("DELETE", "/management/api_keys/API_KEY-1", { key: keys.user })).statusCode).toBe(403);
    expect((await call("POST", "/management/api_keys", { key: keys.user, body: { name: "x", account_id: "admin" } })).statusCode).toBe(403);
  });

  it("lets people change their own password, with the old one", async () => {
    const { call, keys } = await createTestServer();
    const change = (old_password: string, account = "user") =>
      call("POST", `/management/accounts/${account}/change_password`, { key: keys.user, body: { old_password, new_password: "another" } });
    expect((await change("wrong")).json()).toMatchObject({ code: "LOGIN_FAILED" });
    expect((await change("admin-secret", "admin")).json()).toMatchObject({ code: "NOT_ALLOWED" });
    expect((await change("user-secret")).statusCode).toBe(204);
    expect((await call("POST", "/login", { key: null, body: { username: "user", password: "another" } })).statusCode).toBe(200);
  });
});
