import { EXAMPLES } from "@opendvp/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkHooks,
  checkNewName,
  linkedSource,
  mustBeEnabled,
  mustStillBeWanted,
  recordSizeOf,
  timeflowOf,
  virtualSource,
} from "../../src/datasets/dataset-checks.ts";
import { HOOK_POINTS, HOOK_POINTS_OF, type Hooks } from "../../src/entities/dataset.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { dSource, vdb } = EXAMPLES;

test("a name that a dSource or a VDB has is taken for both", async () => {
  const { objects } = await exampleCatalog();
  await expect(checkNewName(objects, "payroll")).rejects.toMatchObject({ code: "NAME_TAKEN", details: { reference: dSource.reference } });
  await expect(checkNewName(objects, "copy")).rejects.toMatchObject({ code: "NAME_TAKEN", details: { reference: vdb.reference } });
  await checkNewName(objects, "payroll 2");
});

test("whatever is asked for as a name is taken or refused in words, and nothing else happens", async () => {
  const { objects } = await exampleCatalog();
  const anyName = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom("", " ", ".", "..", "a/b", "a\nb", "APPDATA_CONTAINER-1"),
  );
  await fc.assert(
    fc.asyncProperty(anyName, async (name) => {
      const error: unknown = await checkNewName(objects, name).catch((thrown: unknown) => thrown);
      if (error === undefined) expect(name.trim()).toBe(name);
      else expect(error).toMatchObject({ code: "NAME_INVALID" });
    }),
    { numRuns: 200 },
  );
});

test("hooks stand at known points and have a name and a command", () => {
  const hooks: Hooks = { "pre-sync": [{ name: "say", command: "echo '\"quoted\"'\nexit 0" }] };
  expect(checkHooks("DSOURCE", hooks)).toBe(hooks);
  const odd = (list: Hooks["pre-sync"], point = "pre-sync"): Hooks => ({ [point]: list });
  for (const refused of [
    odd([], "before-sync"),
    odd([], "__proto__x"),
    odd([{ name: "say", command: "  " }]),
    odd([{ name: "say", command: "a\0b" }]),
    odd([{ name: "say", command: "x".repeat(64 * 1024 + 1) }]),
  ])
    expect(() => checkHooks("DSOURCE", refused)).toThrow(expect.objectContaining({ code: "INPUT_INVALID" }) as Error);
  expect(() => checkHooks("DSOURCE", odd([{ name: "a/b", command: "true" }]))).toThrow(
    expect.objectContaining({ code: "NAME_INVALID" }) as Error,
  );
});

test("hooks are taken at the points that the workflows of that kind of dataset come by, and at no others", () => {
  const at = (point: string): Hooks => ({ [point]: [{ name: "say", command: "true" }] });
  for (const point of HOOK_POINTS) {
    const [kind, other] = HOOK_POINTS_OF.VDB.includes(point) ? (["VDB", "DSOURCE"] as const) : (["DSOURCE", "VDB"] as const);
    checkHooks(kind, at(point));
    expect(() => checkHooks(other, at(point))).toThrow(
      expect.objectContaining({ code: "INPUT_INVALID", details: { point, points: [...HOOK_POINTS_OF[other]] } }) as Error,
    );
  }
  expect(() => checkHooks("VDB", at("pre-sync"))).toThrow('A VDB has no hook point "pre-sync".');
});

test("a dSource is no VDB, and what is not there is not found", async () => {
  const { objects } = await exampleCatalog();
  expect(await linkedSource(objects, dSource.reference)).toEqual(dSource);
  expect(await virtualSource(objects, vdb.reference)).toEqual(vdb);
  await expect(linkedSource(objects, vdb.reference)).rejects.toMatchObject({ code: "UNSUPPORTED" });
  await expect(virtualSource(objects, dSource.reference)).rejects.toMatchObject({ code: "UNSUPPORTED" });
  await expect(virtualSource(objects, "APPDATA_CONTAINER-9")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("what needs an enabled or a complete dataset says so", () => {
  mustBeEnabled(vdb, "Start");
  mustBeEnabled({ ...vdb, wantedState: "STOPPED" }, "Start");
  expect(() => mustBeEnabled({ ...vdb, wantedState: "DISABLED" }, "Start")).toThrow("Start needs copy enabled; it is disabled.");
  expect(timeflowOf(vdb)).toBe("APPDATA_TIMEFLOW-2");
  expect(() => timeflowOf({ ...vdb, currentTimeflow: null })).toThrow(expect.objectContaining({ code: "STATE_UNSUITABLE" }) as Error);
});

test("the record size is the parameters' where they name one", () => {
  expect(recordSizeOf({ parameters: { recordSizeInKB: 16 } })).toEqual({ recordSizeBytes: 16384 });
  expect(recordSizeOf({ parameters: {} })).toEqual({});
});

test("what is wanted otherwise by now is not brought back to what it was wanted to be", () => {
  const disabled = { ...vdb, wantedState: "DISABLED" } as const;
  expect(() => mustStillBeWanted(disabled, "RUNNING")).toThrow("copy is wanted to be DISABLED by now, no longer RUNNING.");
  mustStillBeWanted(disabled, "DISABLED");
  mustStillBeWanted(disabled, undefined);
});
