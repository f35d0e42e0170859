import { expect, test } from "vitest";
import { planOf, stepName } from "../../src/jobs/plan.ts";
import { attempt, forEach, pointOfNoReturn, step, workflow, type Step } from "../../src/jobs/workflow.ts";
import { WorkflowRegistry } from "../../src/jobs/workflow-registry.ts";

const named = (name: string): Step<object> => step<object>({ name, run: () => Promise.resolve(undefined) });

test("a plan numbers the steps, lays attempts out in line and knows what lies past the point of no return", () => {
  const plan = planOf(
    workflow<object>("build", { version: 1 }, [
      named("one"),
      forEach("each", () => [], named("two")),
      pointOfNoReturn,
      attempt("sync", "SYNC_FAILED", [named("three"), forEach("all", () => [], named("four"))]),
      named("five"),
    ]),
  );
  expect(plan.steps.map((planned) => [planned.position, stepName(planned), planned.isPastReturn, planned.group?.name])).toEqual([
    [0, "one", false, undefined],
    [1, "each", false, undefined],
    [2, "three", true, "sync"],
    [3, "all", true, "sync"],
    [4, "five", true, undefined],
  ]);
  expect(plan.steps[3]?.group).toMatchObject({ from: 2, to: 4, faultCode: "SYNC_FAILED" });
});

test("a registry knows each workflow by its name, once", () => {
  const registry = new WorkflowRegistry();
  const one = registry.add(workflow<object>("one", { version: 1 }, [named("a")]));
  expect(registry.all().map((plan) => plan.workflow)).toEqual([one]);
  expect(() => registry.add(workflow<object>("one", { version: 2 }, []))).toThrow("two workflows named one");
});
