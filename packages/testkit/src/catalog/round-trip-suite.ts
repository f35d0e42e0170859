import type { CatalogTransaction, Change, Collection, Entities } from "@opendvp/core";
import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { anyEngineProcess, anyEvent, anyJob, anyLock, anyStep } from "./arbitrary-journal.ts";
import { ARBITRARY_OBJECTS } from "./arbitrary-objects.ts";
import { useCatalog, type CatalogFixture, type CatalogUnderTest } from "./catalog-fixture.ts";

const COLLECTIONS = Object.keys(ARBITRARY_OBJECTS) as Collection[];
const RUNS = 25;

/** Every member of every object comes back as it was put in. */
export function roundTripSuite(createFixture: () => Promise<CatalogFixture>): void {
  describe("what was put in comes out the same", () => {
    const under = useCatalog(createFixture);

    it.each(COLLECTIONS)("any object of %s", async (collection) => {
      await checkCollection(under, collection);
    });

    it("any job", async () => {
      await check(under, anyJob, async (transaction, job) => {
        await transaction.insertJob(job);
        expect(await transaction.journal.findJob(job.reference)).toStrictEqual(job);
        expect(await transaction.journal.listJobs({ where: { reference: job.reference } })).toStrictEqual([job]);
      });
    });

    it("any job that was changed", async () => {
      await check(under, fc.tuple(anyJob, anyJob), async (transaction, [job, other]) => {
        await transaction.insertJob(job);
        await transaction.updateJob(job.reference, { ...other, reference: job.reference });
        expect(await transaction.journal.findJob(job.reference)).toStrictEqual({ ...other, reference: job.reference });
      });
    });

    it("any step, added and replaced", async () => {
      await check(under, fc.tuple(anyStep, anyStep), async (transaction, [step, other]) => {
        const replaced = { ...other, position: step.position, key: step.key };
        await transaction.putStep(step);
        expect(await transaction.journal.steps(step.job)).toStrictEqual([step]);
        await transaction.putStep(replaced);
        expect(await transaction.journal.steps(step.job)).toStrictEqual([replaced]);
      });
    });

    it("any event", async () => {
      await check(under, anyEvent, async (transaction, event) => {
        expect(await transaction.appendEvent(event)).toEqual({ ...event, serial: 1 });
        expect(await transaction.journal.events(event.job)).toEqual([{ ...event, serial: 1 }]);
      });
    });

    it("any lock", async () => {
      await check(under, anyLock, async (transaction, lock) => {
        await transaction.putLock(lock);
        expect(await transaction.journal.locks()).toStrictEqual([lock]);
      });
    });

    it("any engine process", async () => {
      await check(under, anyEngineProcess, async (transaction, process) => {
        await transaction.putEngineProcess(process);
        expect(await transaction.journal.engineProcesses()).toStrictEqual([process]);
      });
    });
  });
}

async function checkCollection<C extends Collection>(under: CatalogUnderTest, collection: C): Promise<void> {
  const arbitrary: Arbitrary<Entities[C]> = ARBITRARY_OBJECTS[collection];
  await check(under, fc.tuple(arbitrary, arbitrary), async (transaction, [object, other]) => {
    const { reference } = object;
    const read = () => transaction.objects[collection].find(reference);
    await transaction.apply([{ collection, insert: object } as unknown as Change]);
    expect(await read()).toStrictEqual(object);
    // A dSource never becomes a VDB.
    if (Reflect.get(object, "kind") !== Reflect.get(other, "kind")) return;
    const changed = { ...other, reference };
    await transaction.apply([{ collection, update: reference, set: changed } as unknown as Change]);
    expect(await read()).toStrictEqual(changed);
  });
}

class TakenBack extends Error {}

/** Runs a property in transactions that are taken back, so that each starts from the same catalog. */
async function check<T>(
  { catalog }: CatalogUnderTest,
  arbitrary: Arbitrary<T>,
  property: (transaction: CatalogTransaction, value: T) => Promise<void>,
): Promise<void> {
  const run = fc.asyncProperty(arbitrary, async (value) => {
    const done = catalog.transact(async (transaction) => {
      // fast-check also makes objects without a prototype; the clone has the usual one.
      await property(transaction, structuredClone(value));
      throw new TakenBack();
    });
    await done.catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  });
  await fc.assert(run, { numRuns: RUNS });
}
