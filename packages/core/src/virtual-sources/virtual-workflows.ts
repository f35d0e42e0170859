import type { Workflow } from "../jobs/workflow.ts";
import type { ProvisionFacts } from "./steps/cloning.ts";
import type { VirtualFacts } from "./virtual-facts.ts";

/** The workflows of VDBs, by what a user asks. */
export interface VirtualWorkflows {
  readonly provision: Workflow<ProvisionFacts>;
  readonly createEmpty: Workflow<ProvisionFacts>;
  readonly snapshot: Workflow<VirtualFacts>;
  readonly refresh: Workflow<VirtualFacts>;
  readonly rollback: Workflow<VirtualFacts>;
  readonly undo: Workflow<VirtualFacts>;
  readonly start: Workflow<VirtualFacts>;
  readonly stop: Workflow<VirtualFacts>;
  readonly enable: Workflow<VirtualFacts>;
  readonly disable: Workflow<VirtualFacts>;
  readonly delete: Workflow<VirtualFacts>;
}
