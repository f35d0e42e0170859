import type { Route } from "@opendvp/contract";
import { isErrorCode } from "@opendvp/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everyExample, type ExampleRequest } from "../example-requests.ts";
import { createTestServer, type TestServer } from "../test-server.ts";

const WRONG_VALUES = [
  null,
  true,
  -1,
  1e308,
  "",
  "x".repeat(10_000),
  "\u0000",
  "../../etc",
  "line\nbreak",
  [],
  [[]],
  {},
  { a: { b: 1 } },
  "JOB-0",
];

/** What must hold of the answer to a bad request: a 4xx in the one shape, with words, and nothing of the engine's inside. */
function expectRefusal(id: string, answer: { readonly statusCode: number; readonly body: string }): void {
  expect([id, answer.statusCode >= 400 && answer.statusCode < 500, answer.body]).toEqual([id, true, answer.body]);
  const error = JSON.parse(answer.body) as Record<string, unknown>;
  expect(Object.keys(error).sort()).toEqual(["action", "code", "details", "message"]);
  expect(isErrorCode(String(error["code"]))).toBe(true);
  expect(String(error["message"]).length).toBeGreaterThan(10);
  expect(answer.body).not.toMatch(/ {4}at |node_modules|\.ts:\d/);
}

/** Where `[]` would do. */
const BAD_QUERY_VALUES: Readonly<Record<string, string>> = { sort: "nothing", user: "x".repeat(300) };

describe("bad input", () => {
  const routesWithBody = everyExample().filter(({ route }) => route.body?.kind === "json");

  it.each(routesWithBody)("$id refuses bodies that do not fit, and changes nothing", async ({ id, route, example }) => {
    const test = await createTestServer();
    const before = test.engine.asked.length;
    for (const body of badBodies(route, example)) expectRefusal(id, await send(test, route, { ...example, body }));
    expect(test.engine.asked.length).toBe(before);
  });

  it.each(everyExample().filter(({ route }) => route.query !== undefined))(
    "$id refuses a query that does not fit",
    async ({ id, route, example }) => {
      const test = await createTestServer();
      const queries = [
        "wat=1",
        ...Object.keys(route.query?.properties ?? {}).map((name) => `${name}=${BAD_QUERY_VALUES[name] ?? "%5B%5D"}`),
      ];
      for (const query of queries)
        expectRefusal(`${id}?${query}`, await send(test, route, { ...example, path: `${example.path}?${query}` }));
    },
  );

  it.each(everyExample().filter(({ route }) => route.params !== undefined))(
    "$id refuses names of nothing",
    async ({ id, route, example }) => {
      const test = await createTestServer();
      const filled = route.path.split("/");
      const places = filled.flatMap((segment, place) => (segment.startsWith("{") ? [place] : []));
      for (const name of [
        "nothing",
        "JOB-99999",
        "%00",
        "a%0Ab",
        "%22quoted%22",
        "%2e%2e%2f",
        "x".repeat(300),
        "x".repeat(3000),
        "%F0%9F%A6%84",
      ]) {
        const segments = example.path.split("/");
        for (const place of places) segments[place] = name;
        expectRefusal(`${id} ${name.slice(0, 20)}`, await send(test, route, { ...example, path: segments.join("/") }));
      }
    },
  );

  it("is answered with a 4xx whatever a body of JSON is made of", async () => {
    const test = await createTestServer();
    const anyRoute = fc.constantFrom(...routesWithBody);
    await fc.assert(
      fc.asyncProperty(anyRoute, fc.jsonValue({ maxDepth: 4 }), async ({ id, route, example }, body) => {
        const answer = await send(test, route, { ...example, body: JSON.stringify(body) });
        if (answer.statusCode >= 400) expectRefusal(id, answer);
        else expect(answer.statusCode).toBe(route.answer.status);
      }),
      { numRuns: 300 },
    );
  });
});

interface MemberSchema {
  readonly type?: string;
  readonly anyOf?: readonly MemberSchema[];
}

function* badBodies(route: Route, example: ExampleRequest): Generator {
  const good = (example.body ?? {}) as Record<string, unknown>;
  yield* ['{"a":', "nonsense", '"text"', "[]", "17", '{"__proto__":{"a":1}}', "[".repeat(100_000)];
  yield { ...good, surprise: 1 };
  yield { ...good, filter: JSON.parse(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`) as unknown };
  if (route.body?.kind !== "json") return;
  const { properties, required } = route.body.schema as unknown as { properties: Record<string, MemberSchema>; required?: string[] };
  for (const name of required ?? []) yield Object.fromEntries(Object.entries(good).filter(([member]) => member !== name));
  for (const [name, schema] of Object.entries(properties)) {
    for (const value of WRONG_VALUES.filter((wrong) => !couldBe(schema, wrong))) yield { ...good, [name]: value };
  }
}

/** Whether a value is of a member's type: what it holds is then the engine's to judge. */
function couldBe({ type, anyOf }: MemberSchema, value: unknown): boolean {
  if (anyOf !== undefined) return anyOf.some((schema) => couldBe(schema, value));
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

async function send(
  test: TestServer,
  route: Route,
  request: ExampleRequest,
): Promise<{ readonly statusCode: number; readonly body: string }> {
  const body = typeof request.body === "string" || request.body === undefined ? request.body : JSON.stringify(request.body);
  return test.server.inject({
    method: route.method,
    url: `/v3${request.path}`,
    headers: { authorization: `apk ${test.keys.admin}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { payload: body }),
  });
}
