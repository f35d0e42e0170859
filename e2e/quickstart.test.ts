import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Figures } from "../tools/quickstart/figures.ts";

const ROOT = join(import.meta.dirname, "..");
const FILES = 40;
const FILE_BYTES = 50_000;

/** The files behind loop devices. */
function loopFiles(): readonly string[] {
  const files = readdirSync("/sys/block").map((device) => join("/sys/block", device, "loop/backing_file"));
  return files.filter((file) => existsSync(file)).map((file) => readFileSync(file, "utf8"));
}

/** Of all processes that can be seen. */
function commandLines(): readonly string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.map((pid) => spawnSync("cat", [`/proc/${pid}/cmdline`], { encoding: "utf8" }).stdout);
}

describe("the quickstart", () => {
  let base: string;
  let source: string;
  beforeAll(async () => {
    base = await makeTestDirectory();
    source = join(base, "source");
    mkdirSync(join(source, "deep/er"), { recursive: true });
    for (let n = 0; n < FILES; n += 1) writeFileSync(join(source, n % 2 === 0 ? "deep/er" : ".", `file ${n}`), Buffer.alloc(FILE_BYTES, n));
    // A name that is no UTF-8, and first of all, so that the tour changes it in a copy.
    renameSync(join(source, "file 1"), Buffer.concat([Buffer.from(`${source}/\u0001`), Buffer.from([0xff])]));
  });
  afterAll(async () => {
    await removeTestDirectory(base);
  });

  function quickstart(...args: string[]): { status: number | null; output: string; story: string } {
    const directory = join(base, "quickstart");
    // What ./quickstart runs once the machine is prepared: a build of its own would change programs that other tests run.
    const program = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), "tools/quickstart/main.ts", "--source", source, "--directory", directory];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], { cwd: ROOT, encoding: "utf8" });
    return { status, output: stdout, story: stderr };
  }

  test("works twice in a row, and leaves nothing", { timeout: 300_000 }, () => {
    for (const _time of ["first", "second"]) {
      const { status, output, story } = quickstart("--json");
      expect(status, story).toBe(0);
      const figures = JSON.parse(output) as Figures;
      expect(figures.source).toEqual({ path: source, files: FILES, bytes: FILES * FILE_BYTES });
      expect(figures.copies.logicalBytes).toBe(2 * FILES * FILE_BYTES);
      expect(figures.steps.map(({ step }) => step)).toEqual(expect.arrayContaining(["provision one", "rewind one", "refresh two"]));
      expect(existsSync(join(base, "quickstart"))).toBe(false);
      expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(base);
      expect(loopFiles().filter((file) => file.startsWith(base))).toEqual([]);
      expect(commandLines().filter((line) => line.includes(join(base, "quickstart")))).toEqual([]);
    }
  });
});
