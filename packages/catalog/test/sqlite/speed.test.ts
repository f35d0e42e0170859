import { join } from "node:path";
import { openSqliteCatalog } from "@opendvp/catalog";
import { EXAMPLES, EXAMPLE_CHANGES } from "@opendvp/testkit";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";

const { vdb, job } = EXAMPLES;
const VDBS = 1000;

interface Measured {
  readonly ours: number;
  readonly bare: number;
}

/** What both take in turn, in the tenth of the rounds that is disturbed least: other tests keep the machine busy. */
async function undisturbed(times: number, ours: (index: number) => Promise<unknown>, bare: (index: number) => unknown): Promise<Measured> {
  const taken: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let index = 0; index < times; index += 1) {
    const started = performance.now();
    await ours(index);
    const between = performance.now();
    bare(index);
    taken.ours.push(between - started);
    taken.bare.push(performance.now() - between);
  }
  const tenth = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(times / 10)] ?? Number.NaN;
  return { ours: tenth(taken.ours), bare: tenth(taken.bare) };
}

async function filledCatalog(directory: string) {
  const catalog = await openSqliteCatalog(directory);
  onTestFinished(() => catalog.close());
  await catalog.transact(async (transaction) => {
    await transaction.apply(EXAMPLE_CHANGES);
    await transaction.insertJob(job);
    for (let serial = 10; serial < 10 + VDBS; serial += 1) {
      const own = { reference: `APPDATA_CONTAINER-${serial}`, source: `APPDATA_VIRTUAL_SOURCE-${serial}` } as const;
      await transaction.apply([{ collection: "datasets", insert: { ...vdb, ...own, guid: `g${serial}`, name: `vdb${serial}` } }]);
    }
  });
  return catalog;
}

describe("the speed of the SQLite catalog", () => {
  it("lists a thousand VDBs in a few times what SQLite takes for their bare rows", async () => {
    const directory = await temporaryDirectory();
    const catalog = await filledCatalog(directory);
    const database = new Database(join(directory, "catalog.sqlite"), { readonly: true });
    onTestFinished(() => void database.close());
    const rows = database.prepare("select * from datasets where kind = 'VDB' order by serial");
    const { ours, bare } = await undisturbed(
      15,
      () => catalog.objects.datasets.list({ where: { kind: "VDB" } }),
      () => rows.all(),
    );
    expect(ours).toBeLessThan(4 * bare);
  });

  it("commits a step of a job in a few times what SQLite takes for one durable row", async () => {
    const directory = await temporaryDirectory();
    const catalog = await filledCatalog(directory);
    const database = new Database(join(directory, "yardstick.sqlite"));
    onTestFinished(() => void database.close());
    database.exec("pragma journal_mode = wal; pragma synchronous = full; create table rows (a text)");
    const insert = database.prepare("insert into rows values (?)");
    const at = vdb.createdAt;
    const commitStep = (position: number) =>
      catalog.transact(async (transaction) => {
        const line = { job: job.reference, key: "", ordinal: 0, name: "s", intent: {}, startedAt: at } as const;
        await transaction.putStep({ ...line, position, state: "DONE", result: {}, endedAt: at });
        await transaction.putStep({ ...line, position: position + 1, state: "INTENDED", result: null, endedAt: null });
        await transaction.appendEvent({ job: job.reference, level: "INFO", code: "c", message: "m", action: "", at });
        await transaction.updateJob(job.reference, { percentComplete: position });
        await transaction.apply([{ collection: "datasets", update: vdb.reference, set: { statusAt: at } }]);
      });
    const { ours, bare } = await undisturbed(100, commitStep, () => insert.run("x"));
    expect(ours).toBeLessThan(10 * bare);
  });
});
