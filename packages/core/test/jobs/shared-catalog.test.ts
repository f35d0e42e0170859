import { openPostgresqlCatalog } from "@opendvp/catalog";
import type { Catalog } from "@opendvp/core";
import {
  countedIds,
  FakeClock,
  hasPostgresql,
  makeTestDirectory,
  removeTestDirectory,
  startPostgresqlCluster,
  type PostgresqlCluster,
} from "@opendvp/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Lease } from "../../src/jobs/lease.ts";
import { pointOfNoReturn } from "../../src/jobs/workflow.ts";
import { JobBench } from "../bench/job-bench.ts";
import { Latch } from "../bench/latch.ts";
import { says } from "../bench/toy-steps.ts";

const PAST = "2000-01-01T00:00:00.000Z";
const FUTURE = "2999-01-01T00:00:00.000Z";

describe.skipIf(!hasPostgresql)("engines that share a catalog (needs PostgreSQL 15)", () => {
  let cluster: PostgresqlCluster;
  let directory: string;
  let databases = 0;
  let one: Catalog;
  let other: Catalog;

  beforeAll(async () => {
    cluster = await startPostgresqlCluster();
    directory = await makeTestDirectory();
  });
  afterAll(async () => {
    await cluster.dispose();
    await removeTestDirectory(directory);
  });
  beforeEach(async () => {
    const database = `d${(databases += 1)}`;
    await cluster.sql(`create database ${database}`);
    const open = (name: string) =>
      openPostgresqlCatalog({ address: cluster.address(database), dataDirectory: `${directory}/${database}-${name}` });
    [one, other] = await Promise.all([open("one"), open("other")]);
  });
  afterEach(() => Promise.all([one.close(), other.close()]));

  const leaseOn = (catalog: Catalog, engineId: string) =>
    new Lease({ catalog, clock: new FakeClock(), ids: countedIds(), settings: { engineId } });
  const processes = async () => (await one.journal.engineProcesses()).map(({ id }) => id);
  const setLease = (id: string, leaseUntil: string) =>
    one.transact((transaction) => transaction.putEngineProcess({ id, startedAt: PAST, leaseUntil }));

  it("end the leases that are over, by the database's clock, and no others", async () => {
    await setLease("gone/1", PAST);
    await setLease("busy/1", FUTURE);
    const lease = leaseOn(one, "mine");
    const mine = await lease.take();
    expect(await processes()).toEqual(expect.arrayContaining(["busy/1", mine]));
    expect(await processes()).toHaveLength(2);
    await lease.giveBack();
    expect(await processes()).toEqual(["busy/1"]);
  });

  it("end what is left of their own former process at once: its data directory is held", async () => {
    await setLease("mine/killed", FUTURE);
    const lease = leaseOn(one, "mine");
    expect(await processes()).toEqual(["mine/killed"]);
    const mine = await lease.take();
    expect(await processes()).toEqual([mine]);
    await lease.giveBack();
  });

  it("write nothing any more once another one has ended their lease", async () => {
    const slow = leaseOn(one, "slow");
    const fenced = slow.fence();
    const id = await slow.take();
    await fenced.transact((transaction) => transaction.nextReference("JOB"));
    await setLease(id, PAST);
    const quick = leaseOn(other, "quick");
    await quick.take();
    const late = fenced.transact((transaction) => transaction.nextReference("JOB"));
    await expect(late).rejects.toMatchObject({ code: "STATE_UNSUITABLE", action: expect.stringContaining("Restart") });
    await Promise.all([slow.giveBack(), quick.giveBack()]);
  });

  it("leave a job to the engine that runs it, and take it over once that one's lease has ended", async () => {
    const [first, second] = [JobBench.on(one, "first"), JobBench.on(other, "second")];
    const asked = first.knows("build", [pointOfNoReturn, says(first.outside, "one")]);
    second.knows("build", [pointOfNoReturn, says(second.outside, "one")]);
    await setLease("first-1", FUTURE);
    const crashed = first.crashAt(({ moment }) => moment === "BEFORE");
    const { job } = await first.submit(await first.start(), asked);
    await crashed;

    await second.start();
    expect(await second.job(job)).toMatchObject({ state: "RUNNING", owner: "first-1" });
    expect(second.outside.story).toEqual([]);

    await one.transact((transaction) => transaction.removeEngineProcess("first-1"));
    expect(await (await second.start()).ended(job)).toMatchObject({ state: "COMPLETED" });
    expect(second.outside.story).toEqual(["one"]);
  });

  it("give an object to one of two that ask for it at once", async () => {
    const [first, second] = [JobBench.on(one, "first"), JobBench.on(other, "second")];
    const held = new Latch();
    const engines = await Promise.all(
      [first, second].map(async (bench) => {
        const run = () => held.opened;
        return { bench, asked: bench.knows("build", [says(bench.outside, "one", { run })]), process: await bench.start() };
      }),
    );
    const asking = await Promise.allSettled(engines.map(({ bench, process, asked }) => bench.submit(process, asked)));
    expect(asking.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(asking.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
    expect(await one.journal.locks()).toHaveLength(1);
    held.open();
    for (const [index, result] of asking.entries()) {
      if (result.status === "fulfilled") await engines[index]?.process.ended(result.value.job);
    }
  });

  it("let a waiting job have its turn where it was asked for, also when another engine lets its object go", async () => {
    const [first, second] = [JobBench.on(one, "first"), JobBench.on(other, "second")];
    await setLease("first-1", FUTURE);
    await setLease("second-1", FUTURE);
    const held = new Latch();
    const slow = first.knows("slow", [says(first.outside, "slow", { run: () => held.opened })]);
    const quick = second.knows("quick", [says(second.outside, "quick")]);
    first.knows("quick", [says(first.outside, "quick")]);
    const [firstEngine, secondEngine] = [await first.start(), await second.start()];
    const holder = await first.submit(firstEngine, slow);
    const { job: waiting } = await second.submit(secondEngine, quick, { isQueued: true });
    held.open();
    await firstEngine.ended(holder.job);
    await firstEngine.jobs.lookAgain();
    expect(await first.job(waiting)).toMatchObject({ state: "WAITING", owner: "second-1" });
    await secondEngine.jobs.lookAgain();
    expect(await secondEngine.ended(waiting)).toMatchObject({ state: "COMPLETED" });
    expect(second.outside.story).toEqual(["quick"]);
  });
});
