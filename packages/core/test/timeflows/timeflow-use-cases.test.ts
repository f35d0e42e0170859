import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import type { Workflow } from "../../src/jobs/workflow.ts";
import type { DeleteTimeflowFacts } from "../../src/timeflows/delete.ts";
import { createTimeflowUseCases } from "../../src/timeflows/timeflow-use-cases.ts";
import type { UseCaseParts } from "../../src/use-cases/use-case-parts.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { vdb, vdbTimeflow } = EXAMPLES;

async function timeflows(isCurrent: boolean) {
  const set = { currentTimeflow: isCurrent ? vdbTimeflow.reference : null };
  const catalog = await exampleCatalog([{ collection: "datasets", update: vdb.reference, set }]);
  const driver = () => ({ freedBytes: () => Promise.resolve({ bytes: 4096, isExact: true }) });
  const parts = { catalog, pools: { driver }, jobs: { takes: () => () => Promise.reject(new Error("No job is asked for.")) } };
  return createTimeflowUseCases(parts as unknown as UseCaseParts, {} as Workflow<DeleteTimeflowFacts>);
}

test("what deleting a former timeflow frees is told; for the current one, that it cannot be deleted, and nothing of space", async () => {
  expect(await (await timeflows(false)).plan(vdbTimeflow.reference)).toEqual({ dependents: [], freedBytes: 4096, isExact: true });
  await expect((await timeflows(true)).plan(vdbTimeflow.reference)).rejects.toMatchObject({
    code: "STATE_UNSUITABLE",
    message: expect.stringContaining("is the current timeflow of copy") as string,
  });
});
