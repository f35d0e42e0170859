import { describe, expect, it } from "vitest";
import Type, { type TSchema } from "typebox";
import { Check, Clean, Clone, Errors } from "typebox/value";
import { everyExample } from "../example-requests.ts";
import { allJobsEnded, createTestServer, type TestServer } from "../test-server.ts";

const JSON_ROUTES = everyExample().filter(({ route }) => route.answer.kind !== "events");

describe("every route", () => {
  it.each(JSON_ROUTES)("$id answers a good request as the contract says", async ({ id, route, example }) => {
    const test = await createTestServer();
    await prepare(test, id);
    const key = id === "accounts.changePassword" ? test.keys.reader : test.keys.admin;
    const answer = await test.call(route.method, example.path, { key, body: example.body });
    expect([id, answer.statusCode, answer.statusCode < 300 ? "" : answer.body]).toEqual([id, route.answer.status, ""]);
    if (route.answer.kind === "json") expectToFit(route.answer.schema, answer.json());
    if (route.answer.kind === "nothing") expect(answer.body).toBe("");
    // Nothing of the seeded engine's secrets shows in any answer.
    expect(answer.body).not.toContain("hidden");
    await allJobsEnded(test.engine);
  });

  it("is reachable below both base paths", async () => {
    const { server, keys } = await createTestServer();
    for (const base of ["/v3", "/dct/v3"]) {
      const answer = await server.inject({ url: `${base}/vdbs`, headers: { authorization: `apk ${keys.reader}` } });
      expect(answer.statusCode).toBe(200);
    }
  });
});

/** Makes what some examples speak of. */
async function prepare({ engine, call }: TestServer, id: string): Promise<void> {
  if (id.startsWith("jobs.") || id === "actions.show") {
    let release: () => void = () => undefined;
    engine.jobs.gate = new Promise<void>((resolve) => (release = resolve));
    await call("POST", "/vdbs/vdb1/stop");
    setTimeout(release, 50);
  }
  if (id === "dsources.delete") engine.objects.datasets.remove("APPDATA_CONTAINER-2");
}

/** The answer has all members of the schema, of the right types, and no others. */
function expectToFit(schema: TSchema, value: unknown): void {
  expect(Check(schema, value) ? [] : Errors(schema, value)).toEqual([]);
  expect(Clean(Type.Unsafe({ ...schema, additionalProperties: false }), Clone(value))).toEqual(value);
}
