import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { AtMost } from "../../src/zfs/at-most.ts";

describe("work of which only some may run at once", () => {
  it("runs as much as may, in the order in which it came, also where some fails", async () => {
    const atMost = new AtMost(3);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const work = (n: number) => async (): Promise<number> => {
      begun.push(n);
      most = Math.max(most, ++running);
      await setTimeout((n * 7) % 5);
      running -= 1;
      if (n % 4 === 0) throw new Error("failed");
      return n;
    };
    const all = Array.from({ length: 20 }, (_, n) => n);
    const outcomes = await Promise.allSettled(all.map((n) => atMost.run(work(n))));
    expect(begun).toEqual(all);
    expect(most).toBe(3);
    expect(outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []))).toEqual(all.filter((n) => n % 4 !== 0));
    await expect(atMost.run(work(1))).resolves.toBe(1);
  });
});
