import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { connection } from "../support/values.ts";
import { createLuaHarness, stagedArguments, type LuaHarness } from "./support/lua-harness.ts";
import { writeToolkit, type Scripts } from "./support/toolkit-fixture.ts";

let harness: LuaHarness;
let staging: string;
let scratch: string;

const STAGING = "environment = source.stagingEnvironment, user = source.stagingEnvironmentUser";

beforeAll(async () => {
  harness = await createLuaHarness();
});
afterAll(() => harness.close());
beforeEach(() => {
  staging = mkdtempSync("/var/tmp/opendvp-test-staging-");
  scratch = mkdtempSync("/var/tmp/opendvp-test-scratch-");
});
afterEach(() => {
  for (const directory of [staging, scratch]) rmSync(directory, { recursive: true });
});

/** Each script says that it has been run. */
const saying = (names: readonly string[], changes: Scripts = {}): Scripts => ({
  ...Object.fromEntries(names.map((name) => [`staged/${name}`, `print("ran ${name}")`])),
  ...changes,
});

type StagedOperation = `linked.${"startStaging" | "stopStaging" | "preSnapshot" | "worker"}`;

/** Which scripts an operation has run, in their order. */
async function story(scripts: Scripts, operation: StagedOperation, resync?: boolean) {
  const before = harness.lines.length;
  const optionalSnapshotParameters = resync === undefined ? null : { resync };
  const toolkit = await writeToolkit(scripts);
  await harness.call(toolkit, { operation, args: stagedArguments(staging, { optionalSnapshotParameters }, scratch) });
  await harness.runtime.retire(toolkit.reference);
  return harness.lines.slice(before).flatMap(({ message }) => /^ran (.*)$/.exec(message)?.[1] ?? []);
}

const fill = (): void => writeFileSync(join(staging, "data"), "");
const ALL = ["resync", "startStaging", "stopStaging", "preSnapshot"];

test("staging is not started while there is nothing to start", async () => {
  expect(await story(saying(ALL), "linked.startStaging")).toEqual([]);
  expect(await story(saying(ALL), "linked.stopStaging")).toEqual([]);
  fill();
  expect(await story(saying(ALL), "linked.startStaging")).toEqual(["startStaging"]);
  expect(await story(saying(ALL), "linked.stopStaging")).toEqual(["stopStaging"]);
});

test("a toolkit that does not fill its staging copy starts and stops it in any case", async () => {
  expect(await story(saying(["startStaging"]), "linked.startStaging")).toEqual(["startStaging"]);
  expect(await story(saying(["stopStaging"]), "linked.stopStaging")).toEqual(["stopStaging"]);
});

test("there is no work on a staging copy that has not been filled; a toolkit that does not fill it works on it in any case", async () => {
  const worker = saying([...ALL, "worker"]);
  expect(await story(worker, "linked.worker")).toEqual([]);
  expect(await story(saying(["worker"]), "linked.worker")).toEqual(["worker"]);
  fill();
  expect(await story(worker, "linked.worker")).toEqual(["worker"]);
});

test("the first sync fills the staging copy and starts it", async () => {
  expect(await story(saying(ALL), "linked.preSnapshot", true)).toEqual(["resync", "startStaging", "preSnapshot"]);
});

test("a resync stops what is staged, before it fills the staging copy anew", async () => {
  fill();
  expect(await story(saying(ALL), "linked.preSnapshot", true)).toEqual(["stopStaging", "resync", "startStaging", "preSnapshot"]);
});

test("what is not active is not stopped: a resync mends it", async () => {
  fill();
  const inactive = { "staged/status": `return "INACTIVE"` };
  expect(await story(saying(ALL, inactive), "linked.preSnapshot", true)).toEqual(["resync", "startStaging", "preSnapshot"]);
  const unknown = { "staged/status": `return "UNKNOWN"` };
  expect(await story(saying(ALL, unknown), "linked.preSnapshot", true)).toEqual(["stopStaging", "resync", "startStaging", "preSnapshot"]);
});

test("what a resync has left half done is neither started nor stopped, until one has come to its end", async () => {
  const broken = saying(ALL, {
    "staged/resync": `RunBash { ${STAGING}, command = "touch $DIR/half; exit 1", variables = { DIR = source.dataDirectory } }`,
  });
  await expect(story(broken, "linked.preSnapshot", true)).rejects.toMatchObject({ code: "PLUGIN_USER_ERROR" });
  expect(readdirSync(staging)).toEqual(["half"]);
  expect(await story(saying(ALL), "linked.startStaging")).toEqual([]);
  expect(await story(saying(ALL), "linked.stopStaging")).toEqual([]);
  expect(await story(saying(ALL), "linked.preSnapshot", true)).toEqual(["resync", "startStaging", "preSnapshot"]);
  expect(await story(saying(ALL), "linked.startStaging")).toEqual(["startStaging"]);
  expect(readdirSync(scratch)).toEqual([]);
});

test("a scratch directory that cannot be written keeps nobody from a resync", async () => {
  rmSync(scratch, { recursive: true });
  expect(await story(saying(ALL), "linked.preSnapshot", true)).toEqual(["resync", "startStaging", "preSnapshot"]);
  mkdirSync(scratch);
});

test.each([[false], [undefined]])("any other sync only prepares the snapshot (resync: %s)", async (resync) => {
  fill();
  expect(await story(saying(ALL), "linked.preSnapshot", resync)).toEqual(["preSnapshot"]);
});

test("a toolkit with a resync script alone is filled by it", async () => {
  expect(await story(saying(["resync"]), "linked.preSnapshot", true)).toEqual(["resync"]);
  expect(await story(saying(["resync"]), "linked.preSnapshot", false)).toEqual([]);
});

test("whether a staging copy holds anything is asked on its own host", async () => {
  fill();
  const before = harness.libraries.commands.length;
  await story(saying(ALL), "linked.startStaging");
  const [asked] = harness.libraries.commands.slice(before);
  expect(asked).toMatchObject({ remoteConnection: { user: connection.user }, variables: { DATA_DIRECTORY: staging } });
});

test("a staging copy that is not mounted is stopped all the same: it may hold things elsewhere", async () => {
  const toolkit = await writeToolkit(saying(ALL));
  const before = harness.lines.length;
  await harness.call(toolkit, { operation: "linked.stopStaging", args: stagedArguments(null) });
  expect(harness.lines.slice(before).map(({ message }) => message)).toContain("ran stopStaging");
});
