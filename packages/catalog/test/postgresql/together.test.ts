import { openPostgresqlCatalog } from "@opendvp/catalog";
import { EXAMPLES, hasPostgresql } from "@opendvp/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { MIGRATIONS } from "../../src/migrations/migrations.ts";
import { useServer } from "./test-database.ts";

describe.skipIf(!hasPostgresql)("several engines on one PostgreSQL catalog (needs PostgreSQL 15)", () => {
  const server = useServer();

  async function openSeveral(count: number) {
    const address = server.cluster.address(await server.createDatabase());
    const opened = await Promise.all(
      Array.from({ length: count }, () => openPostgresqlCatalog({ address, dataDirectory: server.newDirectory() })),
    );
    onTestFinished(async () => {
      await Promise.all(opened.map((catalog) => catalog.close()));
    });
    return { address, opened };
  }

  it("may start at once on an empty database: each migration happens once", async () => {
    const { address } = await openSeveral(4);
    const database = /\/(d\d+)\?/.exec(address)?.[1] ?? "";
    const done = await server.cluster.sql("select name from migrations order by name", database);
    expect(done.split("\n")).toEqual(Object.keys(MIGRATIONS));
  });

  it("have their transactions one after the other: none is lost, no number given twice", async () => {
    const { opened } = await openSeveral(3);
    const [first] = opened;
    await first?.transact((transaction) => transaction.apply([{ collection: "pools", insert: EXAMPLES.pool }]));
    const given: string[] = [];
    await Promise.all(
      opened.map(async (catalog) => {
        for (let round = 0; round < 15; round += 1) {
          await catalog.transact(async (transaction) => {
            given.push(await transaction.nextReference("JOB"));
            // What a serialisable transaction has read is still so when it writes.
            const pool = await transaction.objects.pools.find(EXAMPLES.pool.reference);
            await new Promise((resolve) => setTimeout(resolve, 1));
            await transaction.apply([
              { collection: "pools", update: EXAMPLES.pool.reference, set: { location: `${pool?.location ?? ""}.` } },
            ]);
          });
        }
      }),
    );
    expect(new Set(given).size).toBe(45);
    expect((await first?.objects.pools.list())?.[0]?.location).toBe(`${EXAMPLES.pool.location}${".".repeat(45)}`);
  });

  it("of which one hangs in a transaction do not hold up reads", async () => {
    const { opened } = await openSeveral(2);
    const [one, other] = opened;
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    const long = one?.transact(() => held);
    expect(await other?.objects.pools.list()).toEqual([]);
    finish();
    await long;
  });

  it("read one clock", async () => {
    const { opened } = await openSeveral(2);
    const [one, other] = await Promise.all(opened.map(async (catalog) => catalog.sharedClock?.()));
    expect(Math.abs(Number(one) - Number(other))).toBeLessThan(5000);
  });

  it("each hold their own data directory", async () => {
    const address = server.cluster.address(await server.createDatabase());
    const dataDirectory = server.newDirectory();
    const catalog = await openPostgresqlCatalog({ address, dataDirectory });
    onTestFinished(() => catalog.close());
    await expect(openPostgresqlCatalog({ address, dataDirectory })).rejects.toMatchObject({ code: "ENGINE_ALREADY_RUNNING" });
  });
});
