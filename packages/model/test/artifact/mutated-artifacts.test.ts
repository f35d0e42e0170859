import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createArtifact,
  EngineError,
  parseArtifact,
  parseToolkitArtifact,
  readArtifact,
  type Json,
  type JsonObject,
} from "../../src/index.ts";
import { validToolkit } from "../toolkit/valid-toolkit.ts";
import { validParts } from "./valid-parts.ts";

const encoder = new TextEncoder();
const CODES = ["PLUGIN_INVALID", "PLUGIN_REFUSED", "TOO_LARGE"];

function pluginIn(language: string): JsonObject {
  return createArtifact(validParts({ language, pluginType: "STAGED" }));
}

const ARTIFACTS: readonly (readonly [string, JsonObject])[] = [
  ["TypeScript", pluginIn("TYPESCRIPT")],
  ["Python", pluginIn("PYTHON38")],
  ["Lua", validToolkit()],
];

/** As an upload is read. Undefined where it is accepted. */
function refusalOf(bytes: Uint8Array): EngineError | undefined {
  try {
    const artifact = readArtifact(bytes);
    if (artifact["type"] === "Toolkit") parseToolkitArtifact(artifact);
    else parseArtifact(bytes);
    return undefined;
  } catch (thrown) {
    return EngineError.from(thrown);
  }
}

function mustBeOurs(error: EngineError | undefined): void {
  if (error === undefined) return;
  expect(CODES, error.message).toContain(error.code);
  expect(error.message).not.toMatch(/undefined|\[object|Cannot read|is not a function|call stack/);
  expect(error.action).not.toBe("");
}

/** Every place in a value, from the outside in. */
function placesIn(value: Json | undefined, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value as JsonObject).flatMap(([name, part]) => placesIn(part, [...at, name]))];
}

type Change = (value: Json | undefined) => Json | undefined;

function changedAt(value: Json | undefined, [step, ...rest]: readonly string[], change: Change): Json | undefined {
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return (value as readonly Json[]).map((part, index) => (String(index) === step ? (changedAt(part, rest, change) ?? null) : part));
  const object = value as JsonObject;
  return { ...object, [step]: changedAt(object[step], rest, change) };
}

/** What people, tools and enemies do to a member. */
const CHANGES: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>(() => undefined),
  fc.constant<Change>((value) => [value ?? null]),
  fc.constant<Change>((value) => ({ value })),
  fc.constant<Change>((value) => JSON.stringify(value ?? null)),
  fc.constantFrom<Json>(null, "", 0, -1, 1e308, true, [], {}, "__proto__", "\0", "../..").map(
    (other): Change =>
      () =>
        other,
  ),
  fc.jsonValue({ maxDepth: 3 }).map(
    (other): Change =>
      () =>
        other,
  ),
  fc
    .dictionary(
      fc.constantFrom("$ref", "$id", "type", "format", "properties", "items", "pattern", "__proto__", "constructor", "required"),
      fc.jsonValue({ maxDepth: 1 }),
    )
    .map((members): Change => (value) => ({ ...(value as JsonObject), ...(members as JsonObject) })),
);

describe.each(ARTIFACTS)("the artifact of a plugin in %s", (_language, artifact) => {
  const text = JSON.stringify(artifact);
  const places = placesIn(artifact);

  it("is accepted as it is", () => {
    expect(refusalOf(encoder.encode(text))).toBeUndefined();
  });

  it("is accepted or refused with an error of ours, whatever any of its members holds", () => {
    const changes = fc.array(fc.tuple(fc.constantFrom(...places), CHANGES), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(changes, (list) => {
        const mutated = list.reduce<Json | undefined>((value, [place, change]) => {
          const isThere = placesIn(value).some((one) => one.join("\n") === place.join("\n"));
          return isThere ? changedAt(value, place, change) : value;
        }, artifact);
        mustBeOurs(refusalOf(encoder.encode(JSON.stringify(mutated ?? null))));
      }),
      { numRuns: 150 },
    );
  });

  it("is refused wherever it is cut off", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
        const error = refusalOf(encoder.encode(text.slice(0, length)));
        expect(error?.code).toBe("PLUGIN_INVALID");
        expect(error?.message).toContain("not JSON");
      }),
      { numRuns: 50 },
    );
  });

  it("is accepted or refused with an error of ours when bytes are turned around", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(text.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (flips) => {
        const bytes = encoder.encode(text);
        for (const [index, byte] of flips) bytes[index] = byte;
        mustBeOurs(refusalOf(bytes));
      }),
      { numRuns: 150 },
    );
  });

  it.each([199, 100_000])("is refused when something in it is %d levels deep", (levels) => {
    const deep = `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    for (const member of ["resources", "snapshotSchema", "manifest", "extra"]) {
      const error = refusalOf(encoder.encode(`{${JSON.stringify(member)}:{"x":${deep}},${text.slice(1)}`));
      // The artifact's own member comes later, and counts.
      if (Object.hasOwn(artifact, member)) expect(error).toBeUndefined();
      else expect(error?.message).toContain("nested deeper than 200 levels");
    }
  });
});
