import type { Change, Dataset, Environment, Host, Repository } from "@opendvp/core";
import { EXAMPLES, quoteSeed } from "@opendvp/testkit";
import { describe, expect, it, test } from "vitest";
import { hostTypeOf } from "../../src/datasets/host-type.ts";
import { discoveringPlugins } from "../../src/environments/discovering-plugins.ts";
import { pointOfNoReturn, workflow } from "../../src/jobs/workflow.ts";
import { draftLink } from "../../src/linked-sources/link-draft.ts";
import { Definitions } from "../../src/plugins/definitions.ts";
import type { UseCaseParts } from "../../src/use-cases/use-case-parts.ts";
import { ProvisionRequests } from "../../src/virtual-sources/provision-requests.ts";
import type { ProvisionFacts } from "../../src/virtual-sources/steps/cloning.ts";
import { SwitchRequests } from "../../src/virtual-sources/switch-requests.ts";
import type { VirtualFacts } from "../../src/virtual-sources/virtual-facts.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";
import { BY_TESTER, JobBench } from "../bench/job-bench.ts";
import { testSecrets } from "../bench/test-secrets.ts";

/** Windows hosts cannot be added by now: the catalog is given one, as replication or a later engine would. */
const windows = "WINDOWS_HOST_ENVIRONMENT-1" as string as Environment["reference"];
const { dSource, vdb, plugin, repository, sourceConfig, dSourceSnapshot } = EXAMPLES;
const host: Host = { ...EXAMPLES.host, reference: "UNIX_HOST-9", address: "win.example.com" };
const environment: Environment = { ...EXAMPLES.environment, reference: windows, name: "win", host: host.reference, primaryUser: null };
const onWindows: Repository = { ...repository, reference: "APPDATA_REPOSITORY-9", environment: windows };
const WORLD: readonly Change[] = [
  { collection: "environments", insert: environment },
  { collection: "hosts", insert: host },
  { collection: "environmentUsers", insert: { ...EXAMPLES.environmentUser, reference: "HOST_USER-9", environment: windows } },
  { collection: "environments", update: windows, set: { primaryUser: "HOST_USER-9" } },
  { collection: "repositories", insert: onWindows },
  { collection: "sourceConfigs", insert: { ...sourceConfig, reference: "APPDATA_SOURCE_CONFIG-9", repository: onWindows.reference } },
  // A plugin, a toolkit say, may be for both kinds.
  { collection: "plugins", update: plugin.reference, set: { hostTypes: ["UNIX", "WINDOWS"], pluginType: "STAGED" } },
];
const LOCKED = "Choose an environment that is a UNIX host: a dataset is locked to the kind of host that it was synced on.";

async function world(...more: readonly Change[]): Promise<UseCaseParts> {
  const catalog = await exampleCatalog([...WORLD, ...more]);
  const bench = JobBench.on(catalog, "engine");
  const { jobs } = await bench.start();
  const driver = { capabilities: { atomicSnapshots: true, thinClones: true } };
  const pools = { driver: () => driver, byDefault: () => Promise.resolve(EXAMPLES.pool) };
  // What refusals have no use for is not there.
  const rest = { definitions: new Definitions(testSecrets()), now: () => new Date(0).toISOString(), pools };
  return { catalog, jobs, ...rest } as unknown as UseCaseParts;
}

const provisioning = workflow<ProvisionFacts>("provision", { version: 1 }, [pointOfNoReturn]);
const refreshing = workflow<VirtualFacts>("refresh", { version: 1 }, [pointOfNoReturn]);

function moved(dataset: Dataset): Change {
  return { collection: "datasets", update: dataset.reference, set: { environment: windows } };
}

describe('a dataset is "always … locked to one or the other" kind of host, the one that it was synced on', () => {
  const copy = { name: "second", repository: onWindows.reference, parameters: {}, from: { snapshot: dSourceSnapshot.reference } };

  it('is not provisioned to a host of the other kind, "nor vice-versa"', async () => {
    quoteSeed("it is not possible to take a Unix-synced dataset and provision a clone to Windows target environment (nor vice-versa)");
    const requests = new ProvisionRequests(await world());
    await expect(requests.provision(provisioning)(copy, BY_TESTER)).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: "payroll was synced on a UNIX host; provisioning it to win, a WINDOWS host, is not possible.",
      action: LOCKED,
    });
    const other = new ProvisionRequests(await world(moved(dSource)));
    const here = { ...copy, repository: repository.reference };
    await expect(other.provision(provisioning)(here, BY_TESTER)).rejects.toMatchObject({
      message: "payroll was synced on a WINDOWS host; provisioning it to here, a UNIX host, is not possible.",
    });
  });

  it("does not refresh a copy on a host of the other kind", async () => {
    quoteSeed("Even with a toolkit that supports both, individual datasets will always be locked to one or the other.");
    const requests = new SwitchRequests(await world(moved(vdb)));
    await expect(requests.refresh(refreshing)({ vdb: vdb.reference, to: undefined }, BY_TESTER)).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: "payroll was synced on a UNIX host; refreshing copy from it on win, a WINDOWS host, is not possible.",
      action: LOCKED,
    });
  });

  it("does not stage a source on a host of the other kind", async () => {
    const parts = await world();
    const input = { name: "staged", sourceConfig: sourceConfig.reference, parameters: {}, stagingEnvironment: windows };
    const link = parts.catalog.transact((transaction) =>
      draftLink(parts, { objects: transaction.objects } as Parameters<typeof draftLink>[1], input),
    );
    await expect(link).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: "here is a UNIX host: its data cannot be staged on win, a WINDOWS host.",
      action: LOCKED,
    });
  });
});

test("the reference of an environment says what kind of host it is", () => {
  expect([hostTypeOf("UNIX_HOST_ENVIRONMENT-3"), hostTypeOf(windows)]).toEqual(["UNIX", "WINDOWS"]);
});

test("a host is discovered by the plugins for its kind alone", async () => {
  quoteSeed("The types of hosts compatible with the scripts in the toolkit.");
  const { catalog } = await world({ collection: "plugins", update: plugin.reference, set: { hostTypes: ["UNIX"] } });
  expect((await discoveringPlugins(catalog.objects, windows)).plugins).toEqual([]);
  expect((await discoveringPlugins(catalog.objects, EXAMPLES.environment.reference)).plugins).toEqual([plugin.reference]);
});
