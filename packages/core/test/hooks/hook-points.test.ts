import { expect, test } from "vitest";
import type { DatasetParts } from "../../src/datasets/dataset-parts.ts";
import { HOOK_POINTS_OF } from "../../src/entities/dataset.ts";
import { WorkflowRegistry } from "../../src/jobs/workflow-registry.ts";
import type { UpgradeParts } from "../../src/plugins/upgrade.ts";
import { createWorkflows } from "../../src/workflows.ts";

const LINKED = ["link", "sync"];

test("hooks can be set at just those points that the workflows of a dSource or a VDB come by", () => {
  const registry = new WorkflowRegistry();
  createWorkflows({} as DatasetParts, {} as UpgradeParts, registry);
  const passed = { DSOURCE: new Set<string>(), VDB: new Set<string>() };
  for (const { workflow, steps } of registry.all()) {
    const kind = LINKED.includes(workflow.name) ? "DSOURCE" : "VDB";
    for (const { step } of steps) if (step.name.startsWith("hook ")) passed[kind].add(step.name.slice("hook ".length));
  }
  expect([...passed.DSOURCE].sort()).toEqual([...HOOK_POINTS_OF.DSOURCE].sort());
  expect([...passed.VDB].sort()).toEqual([...HOOK_POINTS_OF.VDB].sort());
});
