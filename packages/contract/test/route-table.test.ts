import { describe, expect, it } from "vitest";
import { everyRoute, openApiDocument } from "../src/index.ts";

describe("the route table", () => {
  it("has no two routes of one method and path", () => {
    const places = everyRoute().map(({ route }) => `${route.method} ${route.path.replaceAll(/\{[^}]+\}/g, "{}")}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it("declares the parameters that its paths have, and no others", () => {
    for (const { route } of everyRoute()) {
      const inPath = [...route.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      expect(Object.keys(route.params?.properties ?? {})).toEqual(inPath);
    }
  });

  it("lets nobody but those who may change things change them", () => {
    for (const { noun, verb, route } of everyRoute()) {
      const isReading = route.method === "GET" || verb === "search";
      const isOwn = ["session", "apiKeys"].includes(noun) || verb === "changePassword";
      if (!isReading && !isOwn) expect([noun, verb, route.role]).not.toEqual([noun, verb, "reader"]);
    }
  });
});

describe("the OpenAPI document", () => {
  const document = openApiDocument("0.1.0") as {
    readonly paths: Record<string, Record<string, { operationId: string }>>;
    readonly components: { readonly schemas: object };
  };

  it("has every route, each with an id of its own", () => {
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(ids.length).toBe(everyRoute().length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("is plain JSON whose references all lead somewhere", () => {
    const text = JSON.stringify(document);
    expect(JSON.parse(text)).toEqual(document);
    const references = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
    expect([...references].filter((name) => !Object.hasOwn(document.components.schemas, name ?? ""))).toEqual([]);
    expect(references.size).toBeGreaterThan(20);
  });
});
