import { expect, test } from "vitest";
import { readProcess, readProcessTable } from "../src/process-table.ts";

const KTHREADD = 2;
const hasKernelThreads = readProcess(KTHREADD)?.command === "kthreadd";

test("the table has this process and those before it", () => {
  const table = readProcessTable();
  expect(table.get(process.pid)).toMatchObject({ ppid: process.ppid, isKernelThread: false });
  expect(table.has(1)).toBe(true);
});

test.skipIf(!hasKernelThreads)("the table has none of the kernel's threads (not in containers, which show none)", () => {
  expect(readProcess(KTHREADD)).toMatchObject({ isKernelThread: true });
  const parents = [...readProcessTable().values()].map(({ pid, ppid }) => [pid, ppid]);
  expect(parents.flat()).not.toContain(KTHREADD);
});
