import { describe, expect, test } from "vitest";
import { figuresTable } from "../../quickstart/figures-table.ts";
import type { Figures } from "../../quickstart/figures.ts";
import { formatBytes, formatDuration } from "../../quickstart/format-quantity.ts";

const FIGURES: Figures = {
  source: { path: "/srv/tree", files: 5800, bytes: 422 * 2 ** 20 },
  pool: { driver: "btrfs", isThin: true },
  steps: [
    { step: "start the engine", durationMs: 812, jobMs: null, poolGrowthBytes: null },
    { step: "link and first sync", durationMs: 12_340, jobMs: 12_004, poolGrowthBytes: 400 * 2 ** 20 },
  ],
  copies: { count: 2, logicalBytes: 844 * 2 ** 20, usedBytes: 300 * 2 ** 10 },
};

describe("the table of figures", () => {
  test("lines its columns up", () => {
    expect(figuresTable(FIGURES)).toEqual([
      "Step                 Command  Job in it  Pool grew by",
      "───────────────────  ───────  ─────────  ────────────",
      "start the engine      0.81 s",
      "link and first sync  12.34 s    12.00 s       400 MiB",
      "",
      "Linked: /srv/tree, 5800 files, 422 MiB.",
      "The 2 copies show 844 MiB and take 300 KiB of the btrfs pool.",
    ]);
  });

  test("says so when the pool copies in full", () => {
    expect(figuresTable({ ...FIGURES, pool: { driver: "copy", isThin: false } }).at(-1)).toContain("copies in full");
  });
});

describe("quantities", () => {
  test.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [1536 * 1024, "1.5 MiB"],
    [-2048, "−2.0 KiB"],
    [3 * 2 ** 50, "3072 TiB"],
  ])("%d bytes are %s", (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });

  test("durations are seconds", () => {
    expect(formatDuration(239)).toBe("0.24 s");
  });
});
