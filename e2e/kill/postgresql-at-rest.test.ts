import { open } from "node:fs/promises";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, canRun, startSourceCluster, type SourceCluster } from "../engine-under-test/source-cluster.ts";
import { ensureEnvironmentUser } from "../engine-under-test/index.ts";
import { askAtRest } from "./postgresql-at-rest.ts";

const QUESTION = "select count(*) from kept";

describe.skipIf(!canRun)("a cluster that is asked while it does not run (needs root and PostgreSQL)", () => {
  let directory: string;
  let cluster: SourceCluster;
  const state = () => asUser("pg_controldata", [cluster.dataDirectory]);
  const ask = () => askAtRest(cluster.directory, QUESTION, cluster.directory);

  beforeAll(async () => {
    await ensureEnvironmentUser();
    directory = await makeTestDirectory();
    cluster = await startSourceCluster({ directory: join(directory, "cluster") });
  });
  afterAll(() => removeTestDirectory(directory));

  it("tells what it had committed when it was cut off, and is left as it was", async () => {
    await cluster.sql("create table kept as select n from generate_series(1, 7) n");
    await cluster.stop("immediate");
    const before = await state();
    expect(await ask()).toBe("7");
    expect(await state()).toBe(before);
  });

  it("is told to be damaged where a page is, also one that no answer needs", async () => {
    await cluster.start();
    const unused = join(cluster.dataDirectory, await cluster.sql("select pg_relation_filepath('pg_description')"));
    await cluster.stop();
    await spoil(unused);
    await expect(ask()).rejects.toThrow(/checksum/);
  });
});

/** As a bad disk does, a few bytes in the midst of a page. */
async function spoil(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.write(Buffer.from("spoiled"), 0, 7, 5_000);
  } finally {
    await file.close();
  }
}
