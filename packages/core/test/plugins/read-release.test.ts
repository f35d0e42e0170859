import { afterEach, expect, test, vi } from "vitest";
import { readArtifact } from "../../src/plugins/read-release.ts";
import { toyArtifact } from "../bench/toy-artifact.ts";
import { toyToolkit } from "../bench/toy-toolkit.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ["a plugin", toyArtifact({}).bytes],
  ["a toolkit", toyToolkit("1.2.0")],
])("the artifact of %s, which may be large, is parsed once", (_what, bytes) => {
  const parse = vi.spyOn(JSON, "parse");
  readArtifact(bytes);
  const text = new TextDecoder().decode(bytes);
  expect(parse.mock.calls.filter(([parsed]) => parsed === text)).toHaveLength(1);
});

test("what the manifest of a direct plugin claims of the operations of staged ones is among its claims", () => {
  const artifact = JSON.parse(new TextDecoder().decode(toyArtifact({}).bytes)) as { readonly manifest: object };
  const lying = { ...artifact, manifest: { ...artifact.manifest, hasLinkedStatus: true, hasBogus: true } };
  const { claims, warnings } = readArtifact(new TextEncoder().encode(JSON.stringify(lying)));
  expect(claims).toMatchObject({ operations: [], foreignOperations: ["linked.status"] });
  expect(warnings).toEqual(["manifest.hasBogus: says that an operation is implemented which this engine does not know."]);
});

test("a toolkit that is no JSON, or nested too deep, is refused as a plugin is", () => {
  expect(() => readArtifact(toyToolkit("1.2.0").subarray(1))).toThrow(/is not JSON/);
  const deep = `${'{"a":'.repeat(300)}1${"}".repeat(300)}`;
  const artifact = new TextDecoder().decode(toyToolkit("1.2.0", { resources: "DEEP" })).replace('"DEEP"', deep);
  expect(() => readArtifact(new TextEncoder().encode(artifact))).toThrow(/toolkit acme-files 1\.2\.0 is nested deeper than 200 levels/);
});
