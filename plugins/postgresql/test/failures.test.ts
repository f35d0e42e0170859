import { createServer } from "node:net";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "@opendvp/model";
import { runProcess } from "@opendvp/subprocess";
import { freePort } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linkParameters, processesIn, startPostgresqlBench, type PostgresqlBench } from "./postgresql-bench.ts";
import { asUser, canRun, query, startSourceCluster, type SourceCluster } from "../../../e2e/engine-under-test/source-cluster.ts";

interface ToldFailure {
  readonly code: string;
  readonly message: string;
  readonly action: string;
}

/** Random, for what can be compressed takes no room. */
const FILL = 'cat /dev/urandom >"$1" 2>/dev/null; :';

describe.skipIf(!canRun)("a PostgreSQL that something is wrong with (needs root and PostgreSQL)", () => {
  let bench: PostgresqlBench;
  let source: SourceCluster;

  beforeAll(async () => {
    bench = await startPostgresqlBench({ storage: "embedded:2G" });
    source = bench.source;
    for (const role of ["plain login", "unlisted login replication", "outsider login replication"]) {
      await source.sql(`create role ${role} password 'known'`);
    }
    await source.sql("create database closed");
    await source.sql("revoke connect on database closed from public");
    await source.sql("create table here as select 1 as n");
  }, 60_000);
  afterAll(() => bench[Symbol.asyncDispose]());

  const failureOf = async (attempt: Promise<unknown>): Promise<ToldFailure> => {
    const error = await attempt.then(() => undefined).catch((thrown: unknown) => thrown as ToldFailure);
    if (error === undefined) throw new Error("It has not failed.");
    expect(error.code).toBe("PLUGIN_USER_ERROR");
    expect(JSON.stringify(error)).not.toContain(source.password);
    return error;
  };
  const change = (parameters: JsonObject) =>
    bench.engine.client.dsources.update({
      params: { dsourceId: "pg" },
      body: { parameters: { ...linkParameters(bench, "pg"), ...parameters } },
    });
  const dsource = (verb: "enable" | "disable") => bench.engine.run(bench.engine.client.dsources[verb]({ params: { dsourceId: "pg" } }));

  it("says why a source cannot be linked, and links it once that is mended", async () => {
    const mistakes: readonly (readonly [JsonObject, RegExp, RegExp])[] = [
      [{ port: await freePort() }, /nothing answers/, /host and port/],
      [{ host: "no.such.host.invalid" }, /nothing answers/, /host and port/],
      [{ password: "wrong" }, /does not accept the password of "keeper"/, /Correct user and password/],
      [{ user: "plain", password: "known" }, /may not replicate/, /ALTER ROLE/],
      [{ user: "unlisted", password: "known" }, /nobody replicate/, /pg_hba\.conf/],
      [{ database: "closed" }, /cannot connect to database/, /another database/],
    ];
    await bench.link("pg", mistakes[0]?.[0]);
    const [fault] = await bench.activeFaults();
    expect(fault).toMatchObject({ target_name: "pg", code: "SYNC_FAILED" });
    for (const [parameters, message, action] of mistakes) {
      await change(parameters);
      const failure = await failureOf(bench.sync("pg"));
      expect(failure.message).toMatch(message);
      expect(failure.action).toMatch(action);
    }
    await change({});
    await bench.sync("pg");
    expect(await bench.activeFaults()).toEqual([]);
    await bench.provision("one", "pg");
  }, 60_000);

  it("does not take another cluster for the source", async () => {
    const other = await startSourceCluster({ directory: join(bench.engine.directory, "other") });
    await change({ port: other.port });
    expect(await failureOf(bench.sync("pg"))).toMatchObject({ message: expect.stringContaining("another cluster") as string });
    await change({});
    await other.stop();
    await bench.sync("pg");
  });

  it("never touches a tablespace that the source has made since, and asks for a resync", async () => {
    const place = join(source.directory, "made later");
    await asUser("mkdir", [place]);
    await source.sql(`create tablespace later location '${place}'`);
    await source.sql("create table there tablespace later as select g from generate_series(1, 1000) g");
    const before = await readdir(place, { recursive: true });
    const failure = await failureOf(bench.sync("pg"));
    expect(failure).toMatchObject({
      message: expect.stringContaining(place) as string,
      action: expect.stringContaining("resync") as string,
    });
    // Nothing was replayed, and the next sync says the same.
    await failureOf(bench.sync("pg"));
    expect(await readdir(place, { recursive: true })).toEqual(before);
    await bench.sync("pg", { resync: true });
    const copy = await bench.provision("with tablespace", "pg");
    expect(await query(copy, "select count(*) from there")).toBe("1000");
    expect(await source.sql("select count(*) from there")).toBe("1000");
    await bench.deleteCopy("with tablespace");
  });

  it("refuses what would lie outside of a copy's snapshots", async () => {
    const copy = await bench.addressOf("one");
    const place = join(bench.engine.directory, "source", "outside");
    await asUser("mkdir", [place]);
    await query(copy, `create tablespace outside location '${place}'`);
    expect((await failureOf(bench.snapshot("one"))).message).toContain(place);
    await query(copy, "drop tablespace outside");
    await bench.snapshot("one");
  });

  it("says what is wrong with the parameters of a copy, and leaves nothing of it", async () => {
    const server = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    const mistakes: readonly (readonly [JsonObject, RegExp])[] = [
      [{ port }, new RegExp(`port ${port} is in use`)],
      [{ port: (await bench.addressOf("one")).port }, /is in use/],
      [{ configuration: [{ name: "wrok_mem", value: "1MB" }] }, /no parameter "wrok_mem"/],
      [{ configuration: [{ name: "work_mem", value: "plenty" }] }, /invalid value for parameter "work_mem"/],
      [{ configuration: [{ name: "data_directory", value: "/tmp" }] }, /"data_directory" cannot be set/],
      [{ configuration: [{ name: "work mem", value: "1MB" }] }, /no name of a parameter/],
      [{ configuration: [{ name: "shared_preload_libraries", value: "absent" }] }, /library "absent" is not installed/],
      [{ configuration: [{ name: "shared_buffers", value: "900GB" }] }, /not enough memory/],
      [{ mountPath: join(bench.engine.directory, "copies", "long".repeat(20)) }, /longer than the 107 bytes/],
    ];
    for (const [parameters, message] of mistakes) {
      expect((await failureOf(bench.provision("wrong", "pg", parameters))).message).toMatch(message);
    }
    await new Promise((resolve) => server.close(resolve));
    expect(await processesIn(bench.pathOf("wrong"))).toEqual([]);
    const names = (await bench.engine.client.vdbs.list({})).items.map(({ name }) => name);
    expect(names).toEqual(["one"]);
  }, 60_000);

  it("tells of a source that is gone, and goes on when it is back", async () => {
    await source.stop("immediate");
    await expect
      .poll(async () => (await bench.activeFaults()).map(({ code }) => code), { timeout: 25_000, interval: 500 })
      .toContain("WORKER_FAILED");
    expect((await failureOf(bench.sync("pg"))).message).toMatch(/nothing answers/);
    await source.start();
    await source.sql("create table again as select 2 as n");
    await bench.sync("pg");
    await bench.refresh("one");
    expect(await query(await bench.addressOf("one"), "select n from again")).toBe("2");
    await expect.poll(bench.activeFaults, { timeout: 25_000, interval: 500 }).toEqual([]);
  }, 90_000);

  it("asks for a resync when the source has removed WAL, and for none while a slot keeps it", async () => {
    const useUp = async (): Promise<void> => {
      for (let n = 0; n < 6; n += 1) {
        await source.sql("select pg_logical_emit_message(false, 'x', 'y')");
        await source.sql("select pg_switch_wal()");
      }
      await source.sql("checkpoint");
      await source.sql("checkpoint");
    };
    await source.sql("alter system set max_wal_size = '32MB'");
    await source.sql("alter system set min_wal_size = '32MB'");
    await source.sql("select pg_reload_conf()");
    await dsource("disable");
    await useUp();
    await dsource("enable");
    const failure = await failureOf(bench.sync("pg"));
    expect(failure).toMatchObject({
      message: expect.stringContaining("removed WAL") as string,
      action: expect.stringContaining("resync") as string,
    });
    await dsource("disable");
    await change({ useSlot: true });
    await dsource("enable");
    await bench.sync("pg", { resync: true });
    const slots = "select count(*) from pg_replication_slots";
    expect(await source.sql(slots)).toBe("1");
    const [receiver = ""] = (await runProcess({ file: "pgrep", args: ["-f", `pg_receivewal.*port='${source.port}'`] })).stdout.split("\n");
    process.kill(Number(receiver), "SIGKILL");
    await useUp();
    await source.sql("create table kept as select 3 as n");
    await bench.sync("pg");
    await bench.refresh("one");
    expect(await query(await bench.addressOf("one"), "select n from kept")).toBe("3");
    await dsource("disable");
    expect(await source.sql(slots)).toBe("0");
    await dsource("enable");
    expect(await source.sql(slots)).toBe("1");
    for (const useSlot of [false, true]) {
      await change({ useSlot });
      await bench.sync("pg");
      expect(await source.sql(slots)).toBe(useSlot ? "1" : "0");
    }
  }, 90_000);

  it("asks for a resync when the source has been restored to a timeline of its own", async () => {
    await source.stop();
    await source.configure("postgresql.conf", "restore_command = 'false'");
    await asUser("touch", [join(source.dataDirectory, "recovery.signal")]);
    await source.start();
    await expect.poll(() => source.sql("select pg_is_in_recovery()")).toBe("f");
    expect((await failureOf(bench.sync("pg"))).message).toMatch(/promoted or restored/);
    await bench.sync("pg", { resync: true });
  });

  it("says that the disk is full, and goes on when it is not", async () => {
    const filler = join(bench.pathOf("one"), "filler");
    await asUser("bash", ["-c", FILL, "-", filler]);
    const text = ["a", "b", "c", "d"].map((letter) => `md5(g || '${letter}')`).join(" || ");
    await source.sql(`create table large as select g, ${text} as fill from generate_series(1, 200000) g`);
    expect((await failureOf(bench.sync("pg"))).message).toMatch(/disk is full/);
    await asUser("bash", ["-c", 'rm "$1"', "-", filler]);
    // btrfs takes its time to make room of what was removed.
    await expect.poll(() => bench.sync("pg").then(() => "synced", String), { timeout: 90_000, interval: 3_000 }).toBe("synced");
    await bench.refresh("one");
    expect(await query(await bench.addressOf("one"), "select count(*) from large")).toBe("200000");
  }, 150_000);
});
