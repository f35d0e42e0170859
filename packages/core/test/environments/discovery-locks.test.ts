import { countedIds, EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { createEnvironmentUseCases, type EnvironmentWorkflows } from "../../src/environments/environment-use-cases.ts";
import { chooseIn } from "../../src/jobs/choose-in.ts";
import type { JobDraft, JobRequest } from "../../src/jobs/job-request.ts";
import type { Facts } from "../../src/jobs/workflow.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { environment, plugin } = EXAMPLES;
type Parts = Parameters<typeof createEnvironmentUseCases>[0];
type Make = (input: object) => Promise<JobRequest<Facts>>;

const NEW = { name: "second", address: "localhost", user: "app" };

/** What a job of an operation would be drafted with. */
async function draftOf(operation: string, input: object): Promise<JobDraft<Facts>> {
  const inactive = { ...plugin, reference: "APPDATA_TOOLKIT-2", pluginId: "other", name: "other", status: "INACTIVE" } as const;
  const catalog = await exampleCatalog([{ collection: "plugins", insert: inactive }]);
  const made = new Map<string, Make>();
  const takes = (name: string, make: Make) => made.set(name, make);
  const settings = { defaultScratchPath: "/var/tmp/scratch", binaryPath: "/usr/lib" };
  createEnvironmentUseCases(
    { catalog, jobs: { takes }, settings, now: () => "2026-11-21T00:00:00.000Z" } as unknown as Parts,
    {} as EnvironmentWorkflows,
  );
  const request = await made.get(operation)?.(input);
  if (request === undefined) throw new Error(`Nobody takes ${operation}.`);
  return catalog.transact((transaction) => request.draft(chooseIn(transaction, countedIds())));
}

test.each([
  ["environment.refresh", { environment: environment.reference }],
  ["environment.create", NEW],
])("%s shares every active plugin, so that none is upgraded or deleted meanwhile, and asks just those", async (operation, input) => {
  const draft = await draftOf(operation, input);
  expect(draft.input).toMatchObject({ plugins: [plugin.reference] });
  expect(draft.locks.filter(({ object }) => object.startsWith("APPDATA_TOOLKIT-"))).toEqual([{ object: plugin.reference, mode: "SHARED" }]);
});
