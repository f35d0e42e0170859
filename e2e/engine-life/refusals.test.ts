import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { dvpEngine, type Ran } from "./dvp.ts";

const FREE_PORT = ["--listen", "127.0.0.1:0"] as const;

describe("an engine that cannot start says why, and what to do", () => {
  let directory: string;
  let data: string;
  beforeEach(async () => {
    directory = await makeTestDirectory();
    data = join(directory, "engine");
  });
  afterEach(async () => {
    await dvpEngine(data, "stop");
    await removeTestDirectory(directory);
  });

  async function start(...args: readonly string[]): Promise<Ran> {
    return dvpEngine(data, "start", ...args);
  }

  /** A data directory whose engine has been started once. */
  async function setUp(storage: string): Promise<void> {
    const first = await start("--storage", storage, ...FREE_PORT);
    expect(first.exitCode, first.err).toBe(0);
    await dvpEngine(data, "stop", "--unmount");
  }

  function expectRefusal({ exitCode, err }: Ran, expected: { readonly exitCode: number; readonly says: readonly RegExp[] }): void {
    expect(exitCode, err).toBe(expected.exitCode);
    for (const words of expected.says) expect(err).toMatch(words);
    expect(err).not.toContain("INTERNAL");
  }

  test("where its pool is not there any more; an empty one never takes its place", async () => {
    const pool = join(directory, "pool");
    await setUp(`copy:${pool}`);
    await rename(pool, `${pool}.away`);
    expectRefusal(await start(), {
      exitCode: 1,
      says: [/STORAGE_UNAVAILABLE/, /seems not to be mounted/, /Mount the pool again/],
    });
    await rename(`${pool}.away`, pool);
    expect((await start()).exitCode).toBe(0);
  });

  test("where other storage is named than its data lives on; that is not kept for later starts", async () => {
    await setUp(`copy:${join(directory, "pool")}`);
    const other = await start("--storage", `copy:${join(directory, "other")}`);
    expectRefusal(other, { exitCode: 1, says: [/STORAGE_UNSUITABLE/, /with the storage that its data lives on/] });
    expect((await start()).exitCode).toBe(0);
  });

  test("where a pool would be too small, is no pool, or lies on another file system", async () => {
    expectRefusal(await start("--storage", "embedded:1M"), { exitCode: 2, says: [/at least 256M/, /50G/] });
    expectRefusal(await start("--storage", "paper:/tmp"), { exitCode: 2, says: [/names no storage/] });
    const reason = isRoot ? /not on a mounted btrfs/ : /need root/;
    expectRefusal(await start("--storage", "btrfs:/proc/pool"), { exitCode: 1, says: [/STORAGE_UNSUITABLE/, reason] });
  });

  test.skipIf(!isRoot)("where the file of its own pool is missing, or holds something else (needs root)", async () => {
    await setUp("embedded:1G");
    const image = join(data, "pool.btrfs");
    await rename(image, `${image}.away`);
    expectRefusal(await start(), { exitCode: 1, says: [/STORAGE_UNAVAILABLE/, /pool\.btrfs.* is not there/, /restore it from a backup/] });
    await writeFile(image, "something else");
    expectRefusal(await start(), { exitCode: 1, says: [/STORAGE_UNAVAILABLE/, /holds no btrfs/] });
    expect(await readFile(image, "utf8")).toBe("something else");
    await rename(`${image}.away`, image);
    expect((await start()).exitCode).toBe(0);
    await dvpEngine(data, "stop", "--unmount");
  });

  test.skipIf(!isRoot)("where the data directory cannot be written (needs root)", async () => {
    await mkdir(data);
    await runProcess({ file: "mount", args: ["-t", "tmpfs", "-o", "ro", "none", data] });
    expectRefusal(await start(), { exitCode: 2, says: [/the file system is read-only/, /--data-dir/] });
    const below = await dvpEngine(join(data, "engine"), "start");
    expectRefusal(below, { exitCode: 2, says: [/cannot be used/, /--data-dir/] });
  });

  test("where there is no such environment user", async () => {
    const refused = await start("--storage", `copy:${join(directory, "pool")}`, "--environment-user", "no such user");
    expectRefusal(refused, { exitCode: 5, says: [/HOST_USER_REFUSED/, /There is no user "no such user"/] });
    expect(existsSync(join(data, "configuration.json"))).toBe(false);
  });

  test("where the data directory is a file, or lies below one", async () => {
    await writeFile(data, "");
    expectRefusal(await start(), { exitCode: 2, says: [/it is no directory/] });
    expectRefusal(await dvpEngine(join(data, "below"), "start"), { exitCode: 2, says: [/no directory/, /--data-dir/] });
    await rm(data);
  });

  test("where the port is in use; that address is not kept for later starts", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await setUp(`copy:${join(directory, "pool")}`);
    const refused = await start("--listen", `127.0.0.1:${port}`);
    expectRefusal(refused, { exitCode: 2, says: [new RegExp(`cannot listen at 127\\.0\\.0\\.1:${port}`), /another program/, /--listen/] });
    expect((await start()).exitCode).toBe(0);
    server.close();
  });

  test("where another engine runs on the data directory, even one that cannot be seen", async () => {
    expect((await start("--storage", `copy:${join(directory, "pool")}`, ...FREE_PORT)).exitCode).toBe(0);
    expectRefusal(await start(), { exitCode: 4, says: [/ENGINE_ALREADY_RUNNING/, /dvp engine stop/] });
    const file = join(data, "engine.json");
    const text = await readFile(file, "utf8");
    await rm(file);
    expectRefusal(await start(), { exitCode: 4, says: [/ENGINE_ALREADY_RUNNING/] });
    await writeFile(file, text);
    await chmod(file, 0o600);
  });
});
