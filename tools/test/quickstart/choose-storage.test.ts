import { describe, expect, test } from "vitest";
import { chooseStorage } from "../../quickstart/choose-storage.ts";

const isRoot = process.getuid?.() === 0;

describe("the pool of the tour", () => {
  test("copies in full where btrfs cannot be used, and says why", () => {
    expect(chooseStorage("/tour", "the kernel does not have it")).toEqual({
      storage: "copy:/tour/pool",
      remark: "The pool copies in full, for btrfs cannot be used: the kernel does not have it.",
    });
  });

  test.skipIf(isRoot)("copies in full without root", () => {
    expect(chooseStorage("/tour").remark).toContain("only root can mount it");
  });

  test.skipIf(!isRoot)("is looked for on this machine", () => {
    expect(chooseStorage("/tour").storage).toMatch(/^(embedded|copy:\/tour\/pool)$/);
  });
});
