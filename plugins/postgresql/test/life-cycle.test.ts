import { existsSync } from "node:fs";
import { readFile, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkCluster, hasMountBelow, isLeaked, processesIn, startPostgresqlBench, type PostgresqlBench } from "./postgresql-bench.ts";
import { endOfWal, readCommitOrder, rowsOf } from "./commit-order.ts";
import { canUseForLong } from "../../../e2e/engine-under-test/index.ts";
import { asUser, canRun, query } from "../../../e2e/engine-under-test/source-cluster.ts";
import { startSession } from "./session.ts";
import { startWriteLoad, type WriteLoad } from "./write-load.ts";

const BACK_ENDS = [
  { storage: "embedded:2G", copies: 10, needs: "root and PostgreSQL", isHere: canRun },
  { storage: "zfs", copies: 4, needs: "root, PostgreSQL, ZFS and OPENDVP_ZFS=all", isHere: canRun && canUseForLong("zfs") },
] as const;

const KEEP_WAL = { name: "wal_keep_size", value: "1GB" };

for (const { storage, copies, needs, isHere } of BACK_ENDS) {
  describe.skipIf(!isHere)(`a PostgreSQL under write load on ${storage} (needs ${needs})`, { timeout: 90_000 }, () => {
    let bench: PostgresqlBench;
    let load: WriteLoad;
    let sourceTablespace: string;

    beforeAll(async () => {
      const settings = ["archive_mode = on", "archive_command = 'touch ../archived'", "work_mem = '5MB'", "max_prepared_transactions = 5"];
      bench = await startPostgresqlBench({ storage, configuration: [...settings, "wal_keep_size = '1GB'"].join("\n") });
      sourceTablespace = join(bench.source.directory, "space of its own");
      await asUser("mkdir", [sourceTablespace]);
      await bench.source.sql(`create tablespace own location '${sourceTablespace}'`);
      await bench.source.sql("create table placed tablespace own as select n, repeat('p', 100) as fill from generate_series(1, 5000) n");
      await bench.source.sql("create index on placed (n) tablespace own");
      await bench.source.sql("select pg_create_physical_replication_slot('theirs', true)");
      await bench.source.sql("alter system set work_mem = '6MB'");
      await bench.source.sql("select pg_reload_conf()");
      await asUser("pgbench", ["-i", "-q", "-s", "2", "-h", bench.boss.host, "-p", String(bench.boss.port), "-U", "boss", "postgres"]);
      load = await startWriteLoad(bench.boss);
    }, 120_000);
    afterAll(async () => {
      await load.stop();
      await bench[Symbol.asyncDispose]();
    });

    /** Syncs, and lends what a copy of that must hold: all that was committed before its mark, what was acknowledged included, and no more. */
    const sync = async (): Promise<{ readonly expectIn: (name: string) => Promise<void> }> => {
      const source = { address: bench.boss, dataDirectory: bench.source.dataDirectory };
      const [from, acknowledged] = [await endOfWal(source), load.acknowledged()];
      await bench.sync("pg");
      const { earlier, rows, atMark } = await readCommitOrder(source, from);
      expect(rows.length).toBeGreaterThan(atMark);
      const held = [...earlier, ...rows.slice(0, atMark)];
      for (const [writer, n] of acknowledged.entries()) if (n > 0) expect(held).toContain(`${writer}/${n}`);
      return {
        expectIn: async (name) => expect(await rowsOf(await bench.addressOf(name))).toEqual(held.sort()),
      };
    };

    const serverOf = async (name: string): Promise<number> =>
      Number((await readFile(join(bench.pathOf(name), "data/postmaster.pid"), "utf8")).split("\n")[0]);

    it("is linked by a base backup, and received from as the environment's user", async () => {
      await bench.link("pg");
      expect(await bench.activeFaults()).toEqual([]);
      const processes = await processesIn(join(bench.engine.directory, "staging"));
      expect(processes).toEqual([]);
      const receivers = (await processesIn("pg_receivewal")).filter((line) => line.includes(String(bench.source.port)));
      expect(receivers).toHaveLength(1);
      expect(receivers[0]).toMatch(new RegExp(`^${bench.engine.environmentUser}`));
      expect(await isLeaked(bench, bench.source.password)).toBe(false);
    });

    it("gives copies by 'recovering from a crash consistent format or backup': they hold exactly what was committed up to the mark of the sync, and pass pg_amcheck", async () => {
      await load.advance(50);
      const { expectIn } = await sync();
      await bench.provision("one", "pg");
      await expectIn("one");
      await checkCluster(await bench.addressOf("one"));
    });

    it("keeps tablespaces, slots and archive settings to itself, and hands on how its data behaves", async () => {
      const copy = await bench.addressOf("one");
      const inside = `${bench.pathOf("one")}/tablespaces/`;
      expect(await query(copy, "select count(*) from placed")).toBe("5000");
      expect(await query(copy, "select pg_tablespace_location(oid) from pg_tablespace where spcname = 'own'")).toContain(inside);
      expect(await query(copy, "select count(*) from pg_replication_slots")).toBe("0");
      const names = "'archive_mode','archive_command','primary_conninfo','work_mem','cluster_name'";
      const settings = await query(
        copy,
        `select string_agg(name || '=' || setting, ' ' order by name) from pg_settings where name in (${names})`,
      );
      expect(settings).toBe("archive_command=(disabled) archive_mode=off cluster_name=one primary_conninfo= work_mem=6144");
      const links = await readdir(join(bench.source.dataDirectory, "pg_tblspc"));
      for (const link of links) expect(await readlink(join(bench.source.dataDirectory, "pg_tblspc", link))).toBe(sourceTablespace);
      await expect(readFile(join(bench.pathOf("one"), "archived"))).rejects.toThrow(/ENOENT/);
    });

    it(`feeds ${copies} copies at once that write without touching each other or the source`, async () => {
      const names = Array.from({ length: copies }, (_, n) => `copy ${n}`);
      await Promise.all(names.map((name) => bench.provision(name, "pg", { configuration: [KEEP_WAL] })));
      await Promise.all(
        names.map(async (name, n) => {
          const copy = await bench.addressOf(name);
          await query(copy, `create table mine as select '${name}' as name, g from generate_series(1, ${1000 + n}) g`);
          await query(copy, `delete from placed where n > ${n}; update pgbench_accounts set abalance = ${n} where aid <= 1000`);
        }),
      );
      for (const [n, name] of names.entries()) {
        const copy = await bench.addressOf(name);
        expect(await query(copy, "select min(name), max(name), count(*) from mine")).toBe(`${name}|${name}|${1000 + n}`);
        const rest = "select (select count(*) from placed), (select sum(abalance) from pgbench_accounts where aid <= 1000)";
        expect(await query(copy, rest)).toBe(`${n}|${1000 * n}`);
      }
      expect(await bench.source.sql("select count(*), to_regclass('mine') is null from placed")).toBe("5000|t");
      expect(await query(await bench.addressOf("one"), "select count(*) from placed")).toBe("5000");
      for (const name of names.slice(2)) await bench.deleteCopy(name);
      await checkCluster(await bench.addressOf("copy 1"));
    }, 120_000);

    it("has snapshots of copies that are taken under load, and rewound to", async () => {
      const copy = await bench.addressOf("copy 0");
      const own = await startWriteLoad(copy);
      await own.advance(30);
      await query(copy, "create table before (n int)");
      const written = { address: copy, dataDirectory: join(bench.pathOf("copy 0"), "data") };
      const [from, acknowledged] = [await endOfWal(written), own.acknowledged()];
      await bench.snapshot("copy 0");
      await own.advance(30);
      await own.stop();
      const { earlier, rows } = await readCommitOrder(written, from);
      await query(copy, "drop table before; drop table mine");
      await bench.rewind("copy 0");
      expect(await query(copy, "select to_regclass('before') is not null, count(*) from mine")).toBe("t|1000");
      const held = await rowsOf(copy);
      expect(held).toEqual([...earlier, ...rows.slice(0, held.length - earlier.length)].sort());
      for (const [writer, n] of acknowledged.entries()) expect(held).toContain(`${writer}/${n}`);
      expect(held.length).toBeLessThan(earlier.length + rows.length);
      await checkCluster(copy);
      await bench.onCopy("undo", "copy 0");
      expect(await query(copy, "select to_regclass('before') is null, to_regclass('mine') is null")).toBe("t|t");
    });

    it("is synced again by what has changed, and copies are refreshed to that", async () => {
      await bench.source.sql("create table later as select 1 as n");
      const { expectIn } = await sync();
      await bench.refresh("copy 0");
      await expectIn("copy 0");
      expect(await query(await bench.addressOf("copy 0"), "select count(*) from later")).toBe("1");
      expect(await query(await bench.addressOf("one"), "select to_regclass('later') is null")).toBe("t");
    });

    it("gives copies the parameters, the name and the password of their own, which survive everything", async () => {
      const secret = "a 'copy''s \\ own:";
      const configuration = [
        { name: "work_mem", value: "7MB" },
        { name: "my.own", value: "it's" },
      ];
      const copy = await bench.provision("own", "pg", { name: "a name", superuserPassword: secret, configuration });
      const overTcp = { ...copy, host: "127.0.0.1", password: secret };
      const look = "select current_setting('work_mem'), current_setting('my.own'), current_setting('cluster_name')";
      expect(await query(overTcp, look)).toBe("7MB|it's|a name");
      await expect(query({ ...overTcp, password: "another" }, "select 1")).rejects.toThrow(/password authentication failed/);
      await query(copy, "alter system set work_mem = '8MB'");
      await query(copy, "create table kept as select 1 as n");
      const former = bench.pathOf("own");
      const moved = join(bench.engine.directory, "copies", "moved on");
      await bench.onCopy("disable", "own");
      expect(await processesIn(former)).toEqual([]);
      const params = { vdbId: "own" };
      const { appdata_source_params: parameters } = await bench.engine.client.vdbs.show({ params });
      await bench.engine.client.vdbs.update({ params, body: { appdata_source_params: { ...parameters, mountPath: moved } } });
      await bench.onCopy("enable", "own");
      expect(await query({ ...copy, host: `${moved}/run` }, "select current_setting('work_mem'), count(*) from kept")).toBe("8MB|1");
      await bench.onCopy("stop", "own");
      expect(await bench.statusOf("own")).toBe("INACTIVE");
      await bench.onCopy("start", "own");
      expect(await query(overTcp, look)).toBe("8MB|it's|a name");
      expect(await query({ ...copy, host: `${moved}/run` }, "select count(*) from placed")).toBe("5000");
      expect(await isLeaked(bench, secret)).toBe(false);
      await bench.deleteCopy("own");
    });

    it("brings back a copy whose server was killed, with all that it had committed", async () => {
      const copy = await bench.addressOf("copy 1");
      await query(copy, "create table committed as select g from generate_series(1, 100) g");
      process.kill(await serverOf("copy 1"), "SIGKILL");
      await expect.poll(() => processesIn(bench.pathOf("copy 1")), { timeout: 10_000 }).toEqual([]);
      await bench.onCopy("enable", "copy 1");
      expect(await query(copy, "select count(*) from committed")).toBe("100");
      expect(await bench.statusOf("copy 1")).toBe("ACTIVE");
    });

    it("ends what has outlived a killed server before it starts another, which would write over the same files", async () => {
      const copy = await bench.addressOf("copy 1");
      const session = await startSession(copy);
      await session.send("insert into committed select g from generate_series(1, 100000000) g;");
      process.kill(session.backend, "SIGSTOP");
      process.kill(await serverOf("copy 1"), "SIGKILL");
      expect(existsSync(`/proc/${session.backend}/cwd`)).toBe(true);
      await bench.onCopy("enable", "copy 1");
      // One that is over, but that nobody has waited for, is nowhere.
      expect(existsSync(`/proc/${session.backend}/cwd`)).toBe(false);
      await session.end();
      expect(await query(copy, "select count(*) from committed")).toBe("100");
      await checkCluster(copy);
    });

    it("goes on over a killed engine", async () => {
      const sessions = await query(await bench.addressOf("one"), "select pg_postmaster_start_time()");
      await bench.engine.kill();
      await bench.engine.restart();
      expect(await query(await bench.addressOf("one"), "select pg_postmaster_start_time()")).toBe(sessions);
      const { expectIn } = await sync();
      await bench.refresh("one");
      await expectIn("one");
    });

    it("makes an empty cluster, which is copied like any other", async () => {
      const empty = await bench.createEmpty("empty");
      await query(empty, "create table first as select 1 as n");
      await bench.snapshot("empty");
      await bench.onCopy("disable", "empty");
      await bench.onCopy("enable", "empty");
      const place = join(bench.pathOf("empty"), "tablespaces", "more");
      await asUser("mkdir", [place]);
      await query(empty, `create tablespace more location '${place}'`);
      await query(empty, "create table second tablespace more as select 2 as n");
      await bench.snapshot("empty");
      const copy = { ...(await bench.provision("of empty", "empty")), user: "postgres" };
      expect(await query(copy, "select first.n, second.n from first, second")).toBe("1|2");
      expect(await query(copy, "select pg_tablespace_location(oid) from pg_tablespace where spcname = 'more'")).toBe(
        `${bench.pathOf("of empty")}/tablespaces/more`,
      );
    });

    it("is disabled, enabled and deleted with its copies, and leaves nothing", async () => {
      await bench.engine.run(bench.engine.client.dsources.disable({ params: { dsourceId: "pg" } }));
      expect((await processesIn("pg_receivewal")).filter((line) => line.includes(String(bench.source.port)))).toEqual([]);
      await bench.engine.run(bench.engine.client.dsources.enable({ params: { dsourceId: "pg" } }));
      await bench.sync("pg");
      for (const name of ["of empty", "empty", "copy 0", "copy 1", "one"]) await bench.deleteCopy(name);
      await bench.engine.run(bench.engine.client.dsources.delete({ body: { dsource_id: "pg" } }));
      expect(await processesIn(join(bench.engine.directory, "copies"))).toEqual([]);
      expect(await hasMountBelow(join(bench.engine.directory, "copies"))).toBe(false);
      const { stdout } = await runProcess({ file: "find", args: [bench.engine.directory, "-path", "*/postgresql/*", "-name", "pgpass"] });
      expect(stdout).toBe("");
      expect(await bench.activeFaults()).toEqual([]);
      expect(await bench.source.sql("select string_agg(slot_name, ',') from pg_replication_slots")).toBe("theirs");
    });
  });
}
