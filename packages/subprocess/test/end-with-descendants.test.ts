import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { endMarked, endWithDescendants, findMarked, findUsersOf, listProcesses, runProcess, startProcess } from "../src/index.ts";

const mark = `test-end-${String(process.pid)}`;

afterEach(async () => {
  await endMarked(mark);
});

async function familySize(pid: number): Promise<number> {
  const lines = await listProcesses();
  const family = [pid];
  for (const parent of family) for (const line of lines) if (line.ppid === parent) family.push(line.pid);
  return family.length;
}

describe("endWithDescendants", () => {
  it("ends children that have erased their mark, by descent", async () => {
    const child = startProcess({
      file: "bash",
      args: ["-c", "env -i sleep 61 & env -i bash -c 'sleep 62; true' & wait"],
      mark,
      stdin: "ignore",
    });
    await expect.poll(() => familySize(child.pid)).toBe(4);
    const before = (await listProcesses()).filter(({ ppid }) => ppid === child.pid);
    expect(before).toHaveLength(2);
    expect(await endWithDescendants(await findMarked(mark))).toBe(4);
    const pids = new Set((await listProcesses()).map(({ pid }) => pid));
    expect(before.filter(({ pid }) => pids.has(pid))).toEqual([]);
  });

  it("ends marked processes that keep forking faster than anybody can count", async () => {
    const fork = "f() { (sleep 0.01; f) & (sleep 0.01; exec sleep 60) & }; for i in 1 2 3; do f; done; wait";
    startProcess({ file: "bash", args: ["-c", fork], mark, stdin: "ignore" });
    await sleep(200);
    expect(await endMarked(mark)).toBeGreaterThan(3);
    await sleep(50);
    expect(await findMarked(mark)).toEqual([]);
  });

  it("never ends this process, its ancestors or pid 1", async () => {
    expect(await endWithDescendants([process.pid, process.ppid, 1])).toBe(0);
  });

  it("does not mind processes that are gone", async () => {
    expect(await endWithDescendants([2 ** 22 - 1])).toBe(0);
  });
});

describe("findMarked", () => {
  it("finds by prefix, and children that inherited the mark", async () => {
    startProcess({ file: "bash", args: ["-c", "sleep 60 & wait"], mark: `${mark}:step-1:`, stdin: "ignore" });
    startProcess({ file: "sleep", args: ["60"], mark: `${mark}:step-2:`, stdin: "ignore" });
    await sleep(100);
    expect(await findMarked(`${mark}:step-1:`)).toHaveLength(2);
    expect(await findMarked(`${mark}:`)).toHaveLength(3);
    expect(await findMarked(`${mark}:step`)).not.toContain(process.pid);
  });
});

describe("findUsersOf", () => {
  it("finds working directories, open and deleted files, and nothing beside the path", async () => {
    const directory = mkdtempSync(join(tmpdir(), "opendvp users of 'x'-"));
    try {
      writeFileSync(join(directory, "kept"), "");
      writeFileSync(join(directory, "gone"), "");
      const stay = { file: "sleep", args: ["60"], mark, stdin: "ignore" as const };
      const inside = startProcess({ ...stay, cwd: directory });
      const reader = startProcess({ ...stay, file: "bash", args: ["-c", 'exec 9<"$1"; exec sleep 60', "bash", join(directory, "kept")] });
      const ghost = startProcess({
        ...stay,
        file: "bash",
        args: ["-c", 'exec 9<"$1"; rm "$1"; exec sleep 60', "bash", join(directory, "gone")],
      });
      const beside = startProcess({ ...stay, cwd: "/" });
      await sleep(200);
      const found = await findUsersOf(directory);
      expect(found.sort()).toEqual([inside.pid, reader.pid, ghost.pid].sort());
      expect(await findUsersOf(directory.slice(0, -1))).not.toContain(inside.pid);
      expect(found).not.toContain(beside.pid);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe("listProcesses", () => {
  it("shows pid, parent, owner and short name", async () => {
    const { stdout } = await runProcess({ file: "bash", args: ["-c", "echo $$"] });
    expect((await listProcesses()).some(({ pid }) => pid === Number(stdout))).toBe(false);
    const own = (await listProcesses()).find(({ pid }) => pid === process.pid);
    expect(own).toMatchObject({ ppid: process.ppid, uid: process.getuid?.() });
  });
});
