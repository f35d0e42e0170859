import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cleanUpLeftovers, makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureEnvironmentUser } from "../../../e2e/engine-under-test/index.ts";
import { startSlowLine, type SlowLine } from "./slow-line.ts";
import { asUser, BIN, canRun, startSourceCluster, type SourceCluster } from "../../../e2e/engine-under-test/source-cluster.ts";
import { makeStagingScripts, type StagingScripts } from "./staging-scripts.ts";

const MEGABYTE = 2 ** 20;
const FIND_CLUSTERS = join(import.meta.dirname, "../src/discovery/find-clusters.sh");

/** Called by the server that replays: the first time, it lets that wait until it may go on. */
const HOLDING_CP = `#!/bin/bash
if [[ "$*" == *../replay/* ]] && mkdir "$HELD" 2>/dev/null; then
  while [ ! -e "$HELD/go on" ]; do sleep 0.01; done
fi
exec /bin/cp "$@"
`;

/** Before it links the segment being received, has the source go on to the next, and waits until the receiver has done so too. */
const COMPLETING_LN = `#!/bin/bash
if [[ "$*" == *.partial* ]] && mkdir "$ONCE" 2>/dev/null; then
  $PSQL -XAtqc "select pg_switch_wal()" >/dev/null
  while [ -e "\${*: -2:1}" ]; do sleep 0.01; done
fi
exec /bin/ln "$@"
`;

describe.skipIf(!canRun)("a staging copy (needs root and PostgreSQL)", { timeout: 60_000 }, () => {
  let directory: string;
  let source: SourceCluster;
  let line: SlowLine;
  let staging: StagingScripts;

  beforeAll(async () => {
    await cleanUpLeftovers();
    await ensureEnvironmentUser();
    directory = await makeTestDirectory();
    source = await startSourceCluster({ directory: join(directory, "source"), configuration: "max_wal_size = 4GB" });
    await source.sql("grant pg_read_all_settings to keeper");
    line = await startSlowLine(source.port);
    staging = await makeStagingScripts(source, line.port);
  }, 60_000);
  afterAll(async () => {
    await line[Symbol.asyncDispose]();
    await removeTestDirectory(directory);
  });

  const succeed = async (...run: Parameters<StagingScripts["run"]>): Promise<void> => {
    expect(await staging.run(...run)).toMatchObject({ exitCode: 0 });
  };
  const writeWal = (megabytes: number) =>
    source.sql(
      `create table if not exists wal (fill text); insert into wal select repeat(md5(g::text), 30) from generate_series(1, ${megabytes} * 1000) g`,
    );
  /** A path on which one program is another. */
  const programsWith = async (name: string, text: string): Promise<string> => {
    const programs = join(directory, `with-another-${name}`);
    await mkdir(programs);
    await writeFile(join(programs, name), text, { mode: 0o755 });
    return `${programs}:${process.env["PATH"] ?? ""}`;
  };
  const receiver = async (): Promise<number> => Number(await readFile(join(staging.mountPath, "wal/receiver.pid"), "utf8"));
  const slots = () => source.sql("select string_agg(slot_name, ',') from pg_replication_slots");

  it("has none of the source's keys, whatever they are called and wherever in its data they lie", async () => {
    const names = ["server.key", "our own.key", "tls/our.crt", "tls/revoked/one", "krb5.keytab"];
    await asUser("mkdir", ["-p", join(source.dataDirectory, "tls/revoked")]);
    for (const name of names) await asUser("cp", ["/dev/null", join(source.dataDirectory, name)]);
    await source.configure(
      "postgresql.conf",
      "ssl_key_file = 'our own.key'\nssl_crl_dir = 'tls/revoked'\nkrb_server_keyfile = 'krb5.keytab'",
    );
    await source.configure(
      "postgresql.conf",
      `ssl_cert_file = '${source.dataDirectory}/tls/our.crt'\nssl_ca_file = '/etc/base'\nssl_crl_file = '../base'`,
    );
    await source.sql("select pg_reload_conf()");
    await succeed("staging/base-backup");
    for (const name of names) {
      expect(existsSync(join(source.dataDirectory, name)), name).toBe(true);
      expect(existsSync(join(staging.mountPath, "data", name)), name).toBe(false);
    }
    expect(await readdir(join(staging.mountPath, "data/base"))).not.toEqual([]);
    await succeed("staging/catch-up");
  });

  it("ends at the mark of the sync, and so does what is made of its snapshot", async () => {
    await succeed("staging/catch-up");
    const verified = (await readFile(join(staging.mountPath, "verified"), "utf8")).trim();
    const recordAfterMark = (dataDirectory: string) =>
      asUser("pg_waldump", ["-p", join(dataDirectory, "pg_wal"), "-s", verified, "-n", "1"]);
    const lsn = `lsn: ${verified.replace(/\/(.*)/, (_, low: string) => `/${low.padStart(8, "0")}`)},`;
    expect(await recordAfterMark(source.dataDirectory)).toMatch(/^rmgr: Transaction .* COMMIT/);
    expect(await recordAfterMark(source.dataDirectory)).toContain(lsn);
    const clone = join(source.directory, "clone");
    await asUser("cp", ["-a", staging.mountPath, clone]);
    await succeed("server/prepare-snapshot", { MOUNT: clone });
    expect(await recordAfterMark(join(clone, "data"))).toMatch(/^rmgr: XLOG .* (CHECKPOINT|END_OF_RECOVERY)/);
    expect(await recordAfterMark(join(clone, "data"))).toContain(lsn);
  });

  it("waits for WAL as long as some arrives, however much there is, and no longer", async () => {
    await succeed("staging/stop-staging");
    await writeWal(24);
    line.bytesPerSecond = 8 * MEGABYTE;
    const started = performance.now();
    await succeed("staging/catch-up", { PATIENCE: "1" });
    expect(performance.now() - started).toBeGreaterThan(2_500);
    line.bytesPerSecond = Number.POSITIVE_INFINITY;
    process.kill(await receiver(), "SIGSTOP");
    const { exitCode, stderr } = await staging.run("staging/catch-up", { PATIENCE: "1" });
    process.kill(await receiver(), "SIGCONT");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("opendvp: not-received");
    await succeed("staging/catch-up");
  });

  it("is never taken for a source while its server replays", async () => {
    await writeWal(24);
    const data = join(staging.mountPath, "data");
    const held = join(source.directory, "held");
    const sync = staging.run("staging/catch-up", { PATH: await programsWith("cp", HOLDING_CP), HELD: held });
    await expect.poll(() => existsSync(held), { timeout: 20_000 }).toBe(true);
    const found = await asUser("bash", [FIND_CLUSTERS]);
    expect(existsSync(join(data, "postmaster.pid"))).toBe(true);
    await writeFile(join(held, "go on"), "");
    expect(found).toContain(source.dataDirectory);
    expect(found).not.toContain(data);
    expect(await sync).toMatchObject({ exitCode: 0 });
  });

  it("misses no segment that the receiver completes while what has been received is collected", async () => {
    const once = join(source.directory, "completed");
    const connection = ["-h", source.directory, "-p", String(source.port), "-U", "boss", "-d", "postgres"].join(" ");
    const variables = { PATH: await programsWith("ln", COMPLETING_LN), ONCE: once, PSQL: `${join(BIN, "psql")} ${connection}` };
    await succeed("staging/catch-up", variables);
    expect(existsSync(once)).toBe(true);
  });

  it("has a slot on the source from the sync on that it is asked for, and none from the sync on that it is not", async () => {
    expect(await slots()).toBe("");
    await succeed("staging/catch-up", { USE_SLOT: "yes" });
    expect(await slots()).toBe("opendvp_of_a_test");
    const first = await receiver();
    await succeed("staging/catch-up", { USE_SLOT: "yes" });
    expect(await receiver()).toBe(first);
    expect(await source.sql("select count(*) from pg_replication_slots where active")).toBe("1");
    await succeed("staging/catch-up");
    expect(await slots()).toBe("");
    await succeed("staging/stop-staging");
    await succeed("staging/start-staging", { USE_SLOT: "yes" });
    expect(await slots()).toBe("opendvp_of_a_test");
    await succeed("staging/stop-staging");
    expect(await slots()).toBe("");
  });

  it("leaves no slot on the source when it is stopped while its dataset is not mounted", async () => {
    await succeed("staging/start-staging", { USE_SLOT: "yes" });
    process.kill(await receiver(), "SIGKILL");
    const [place, elsewhere] = [staging.mountPath, `${staging.mountPath}-away`];
    await rename(place, elsewhere);
    for (const again of [false, true]) {
      await succeed("staging/stop-staging", { USE_SLOT: "yes" });
      expect(await slots(), String(again)).toBe("");
    }
    await rename(elsewhere, place);
    await succeed("staging/start-staging", { USE_SLOT: "yes" });
    expect(await slots()).toBe("opendvp_of_a_test");
    await succeed("staging/stop-staging");
    expect(await slots()).toBe("");
  });

  it("makes its slot anew where somebody has dropped it, and says why where it cannot", async () => {
    await succeed("staging/start-staging", { USE_SLOT: "yes" });
    process.kill(await receiver(), "SIGKILL");
    await expect.poll(() => source.sql("select count(*) from pg_replication_slots where active")).toBe("0");
    await source.sql("select pg_drop_replication_slot('opendvp_of_a_test')");
    await succeed("staging/catch-up", { USE_SLOT: "yes" });
    expect(await slots()).toBe("opendvp_of_a_test");
    await succeed("staging/stop-staging");
    await source.sql("select pg_create_physical_replication_slot('other_' || g) from generate_series(1, 10) g");
    const { exitCode, stderr } = await staging.run("staging/catch-up", { USE_SLOT: "yes" });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("all replication slots are in use");
    await succeed("staging/stop-staging");
  });
});
