import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { expect, onTestFinished, test } from "vitest";
import { makeRootDirectory } from "../../src/guards/make-root-directory.ts";

/** The id of a process that has ended. */
async function deadPid(): Promise<string> {
  return (await runProcess({ file: "bash", args: ["-c", "echo $$"] })).stdout.trim();
}

async function place(parent: string, name: string): Promise<string> {
  const path = join(parent, name);
  await mkdir(path);
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function make(workDirectory?: string): Promise<string> {
  const path = await makeRootDirectory(workDirectory);
  onTestFinished(() => rmdir(path).catch(() => undefined));
  return path;
}

test("in the temporary directory, what killed engines left goes, and nothing else", async () => {
  const dead = await deadPid();
  const left = await place(tmpdir(), `opendvp-plugin-root-${dead}-abcdef`);
  const others = [
    await place(tmpdir(), `opendvp-plugin-root-${String(process.ppid)}-abcdef`),
    await place(tmpdir(), `opendvp-plugin-root-${dead}-filled`),
    await place(tmpdir(), `opendvp-plugin-roots-${dead}-abcdef`),
  ];
  await writeFile(join(others[1] ?? "", "file"), "");
  const made = await make();
  expect([dirname(made), basename(made).startsWith(`opendvp-plugin-root-${String(process.pid)}-`)]).toEqual([tmpdir(), true]);
  expect(existsSync(left)).toBe(false);
  expect(others.filter((path) => !existsSync(path))).toEqual([]);
});

test("in a directory of the engine alone, all that is left goes", async () => {
  const work = await mkdtemp(join(tmpdir(), "opendvp-test-work-"));
  onTestFinished(() => rm(work, { recursive: true, force: true }));
  const left = [`opendvp-plugin-root-${String(process.pid)}-abcdef`, "opendvp-plugin-root-abcdef"];
  for (const name of left) await mkdir(join(work, name));
  const made = await make(work);
  expect(left.filter((name) => existsSync(join(work, name)))).toEqual([]);
  expect(dirname(made)).toBe(work);
});
