import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { hasPostgresql, makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDemoCluster } from "../tools/quickstart/postgres/demo-cluster.ts";
import type { PostgresFigures } from "../tools/quickstart/postgres/postgres-figures.ts";
import { ENVIRONMENT_USER, ensureEnvironmentUser, isRoot } from "./engine-under-test/index.ts";

const ROOT = join(import.meta.dirname, "..");

describe.skipIf(!isRoot || !hasPostgresql)("the quickstart with a PostgreSQL (needs root and PostgreSQL)", () => {
  let base: string;
  beforeAll(async () => {
    await ensureEnvironmentUser();
    base = await makeTestDirectory();
  });
  afterAll(async () => {
    await removeTestDirectory(base);
  });

  test.skipIf(existsSync("/usr/bin/mkfs.btrfs"))(
    "tells its whole story on a pool that copies, and leaves nothing",
    { timeout: 300_000 },
    () => {
      const directory = join(base, "quickstart");
      const program = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), "tools/quickstart/main.ts", "--postgres", "--scale", "1", "--json"];
      // A machine on which btrfs cannot be made: mkfs.btrfs is in none of these.
      const programs = join(base, "programs");
      mkdirSync(programs);
      symlinkSync("/usr/sbin/runuser", join(programs, "runuser"));
      const env = { ...process.env, PATH: [programs, dirname(process.execPath), "/usr/bin", "/bin"].join(":") };
      const { status, stdout, stderr } = spawnSync(process.execPath, [...program, "--directory", directory], {
        cwd: ROOT,
        encoding: "utf8",
        env,
      });
      expect(status, stderr).toBe(0);
      const figures = JSON.parse(stdout) as PostgresFigures;
      expect(figures.pool).toEqual({ driver: "copy", isThin: false });
      expect(figures.steps.map(({ step }) => step)).toEqual(expect.arrayContaining(["sync under load", "snapshot one", "rewind one"]));
      expect(existsSync(directory)).toBe(false);
      expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(base);
    },
  );

  test("lets nobody but its own user into its cluster without a password, and shows no SQL in arguments", async () => {
    const source = await startDemoCluster({ directory: join(base, "source"), user: ENVIRONMENT_USER, scale: 1 });
    const { host, port } = source.address;
    expect(await source.programs.sql(source.address, "select current_user")).toBe("postgres");
    const psql = ["psql", "-h", host, "-p", String(port), "-U", "postgres", "-d", "postgres", "-c", "select 1"];
    const stranger = spawnSync("runuser", ["-u", "nobody", "--", ...psql], { cwd: "/", encoding: "utf8" });
    expect(stranger.stderr).toContain("Permission denied");
    const asked = source.programs.sql(source.address, "select pg_sleep(1), 'a secret'");
    await new Promise((resolve) => setTimeout(resolve, 400));
    const processes = spawnSync("ps", ["-eo", "args="], { encoding: "utf8" }).stdout;
    expect(processes).toContain(`-p ${port} -U postgres -d postgres`);
    expect(processes).not.toContain("a secret");
    await asked;
    await source.stop();
  });
});
