import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import type { DatasetParts } from "../../src/datasets/dataset-parts.ts";
import { Scenes } from "../../src/datasets/scenes.ts";
import { createStandstill, type StandstillFacts } from "../../src/datasets/standstill.ts";
import type { StepWork } from "../../src/jobs/workflow.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { vdb, vdbTimeflow } = EXAMPLES;

/** A standstill of a VDB whose plugin says how it is, or fails to. */
async function standstillBench(says: { status?: "ACTIVE" | "INACTIVE" | "UNKNOWN" | Error }) {
  const story: string[] = [];
  const { objects } = await exampleCatalog();
  const scenes = new Scenes(objects, {} as never, { driver: () => ({}) } as never);
  const { status } = says;
  const askForStatus = () => (status instanceof Error ? Promise.reject(status) : Promise.resolve(status));
  const parts = {
    scenes,
    operations: { has: () => status !== undefined, of: () => ({ askForStatus }) },
    mounts: { areComplete: () => Promise.resolve(true), of: () => Promise.resolve([]) },
  } as unknown as DatasetParts;
  const note = (word: string) => () => Promise.resolve(void story.push(word));
  const [stop] = createStandstill<StandstillFacts>(parts, {
    what: "",
    when: () => true,
    atWork: async () => ({ scene: await scenes.virtual(vdb.reference), timeflow: await scenes.timeflow(vdbTimeflow.reference) }),
    stop: note("stop"),
    start: note("start"),
  }).before;
  const work = { facts: {}, signal: new AbortController().signal, mark: "m", job: { reference: "JOB-1", workflow: "sync" } };
  return { undo: () => stop?.undo?.(work as unknown as StepWork<StandstillFacts>), story };
}

test("what the start after the copy has started is not started again when the job turns back", async () => {
  const { undo, story } = await standstillBench({ status: "ACTIVE" });
  await undo();
  expect(story).toEqual([]);
});

test.each([["INACTIVE"], ["UNKNOWN"], [new Error("no answer")], [undefined]] as const)(
  "what does not run, or cannot be told to, is: %s",
  async (status) => {
    const { undo, story } = await standstillBench(status === undefined ? {} : { status });
    await undo();
    expect(story).toEqual(["start"]);
  },
);
