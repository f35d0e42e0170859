import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { everyRoute, type Route } from "../src/index.ts";

const DOCUMENT = new URL("../../../../shared/reference/dct-openapi-3.10.0.yaml", import.meta.url);

/** Routes that the published API has and ours follows. */
const FOLLOWED = [
  ["GET", "/environments"],
  ["POST", "/environments/search"],
  ["POST", "/environments"],
  ["POST", "/environments/{}/refresh"],
  ["DELETE", "/environments/{}"],
  ["GET", "/environments/{}/users"],
  ["POST", "/environments/{}/users"],
  ["POST", "/environments/{}/users/{}/primary"],
  ["GET", "/sources"],
  ["GET", "/dsources"],
  ["POST", "/dsources/appdata"],
  ["POST", "/dsources/{}/snapshots"],
  ["POST", "/dsources/delete"],
  ["GET", "/vdbs"],
  ["PATCH", "/vdbs/{}"],
  ["POST", "/vdbs/search"],
  ["POST", "/vdbs/provision_by_snapshot"],
  ["POST", "/vdbs/provision_by_timestamp"],
  ["POST", "/vdbs/provision_by_location"],
  ["POST", "/vdbs/{}/start"],
  ["POST", "/vdbs/{}/stop"],
  ["POST", "/vdbs/{}/enable"],
  ["POST", "/vdbs/{}/disable"],
  ["POST", "/vdbs/{}/delete"],
  ["POST", "/vdbs/{}/refresh_by_snapshot"],
  ["POST", "/vdbs/{}/refresh_by_timestamp"],
  ["POST", "/vdbs/{}/rollback_by_snapshot"],
  ["POST", "/vdbs/{}/rollback_by_timestamp"],
  ["GET", "/snapshots"],
  ["DELETE", "/snapshots/{}"],
  ["GET", "/timeflows"],
  ["DELETE", "/timeflows/{}"],
  ["GET", "/toolkits"],
  ["GET", "/jobs"],
  ["GET", "/jobs/{}"],
  ["POST", "/jobs/{}/abandon"],
  ["POST", "/login"],
  ["GET", "/management/accounts"],
  ["GET", "/management/engines"],
] as const;

/** What is done at once here answers without the job that it is there. */
const WITHOUT_JOB: ReadonlySet<string> = new Set([
  "POST /environments/{}/users",
  "POST /environments/{}/users/{}/primary",
  "PATCH /vdbs/{}",
]);

/** Members that clients go by. */
const GONE_BY = ["items", "job", "status", "vdb_id", "dsource_id", "environment_id", "access_token"];

function shape(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, "{}");
}

function ours(method: string, path: string): Route | undefined {
  return everyRoute().find(({ route }) => route.method === method && shape(route.path) === path)?.route;
}

describe("the published API of the field", () => {
  it("has its paths in ours", () => {
    expect(FOLLOWED.filter(([method, path]) => ours(method, path) === undefined)).toEqual([]);
  });

  it.skipIf(!existsSync(DOCUMENT))(
    "answers with the same status and members, where it is at hand to compare with",
    { timeout: 60_000 },
    () => {
      const { paths, components } = parse(readFileSync(DOCUMENT, "utf8"), { maxAliasCount: -1 }) as Published;
      const byShape = new Map(Object.entries(paths).map(([path, methods]) => [shape(path), methods]));
      for (const [method, path] of FOLLOWED) {
        const route = ours(method, path);
        const published = byShape.get(path)?.[method.toLowerCase()]?.responses[String(route?.answer.status)];
        expect([method, path, published !== undefined]).toEqual([method, path, true]);
        const name = published?.content?.["application/json"]?.schema.$ref?.split("/").at(-1) ?? "";
        const expected = WITHOUT_JOB.has(`${method} ${path}`) ? ["job"] : [];
        expect([method, path, missing(route, components.schemas[name]?.properties ?? {})]).toEqual([method, path, expected]);
      }
    },
  );
});

/** Of the members that clients go by, those that the published answer has and ours has not. */
function missing(route: Route | undefined, published: object): string[] {
  const answered = route?.answer.kind === "json" ? Object.keys((route.answer.schema as { properties?: object }).properties ?? {}) : [];
  return Object.keys(published).filter((member) => GONE_BY.includes(member) && !answered.includes(member));
}

interface Published {
  readonly paths: Record<
    string,
    Record<
      string,
      { readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: { readonly $ref?: string } }> }> }
    >
  >;
  readonly components: { readonly schemas: Record<string, { readonly properties?: object }> };
}
