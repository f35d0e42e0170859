import { expect, test } from "vitest";
import { withinTime } from "../../src/plugins/within-time.ts";

test("gives what the work gives, and throws what it throws", () => {
  expect(withinTime(5000, () => 7)).toEqual({ value: 7 });
  expect(withinTime(5000, () => undefined)).toEqual({ value: undefined });
  const error = new RangeError("mine");
  expect(() =>
    withinTime(5000, () => {
      throw error;
    }),
  ).toThrow(error);
});

test("breaks off a loop, and a pattern that explodes over a few letters", () => {
  const beganAt = performance.now();
  expect(
    withinTime(100, () => {
      for (;;);
    }),
  ).toBeUndefined();
  expect(withinTime(100, () => /^(a+)+$/.test(`${"a".repeat(60)}b`))).toBeUndefined();
  expect(performance.now() - beganAt).toBeLessThan(3000);
});

test("may lie inside of another", () => {
  const inner = (): unknown => withinTime(5000, () => "inner");
  expect(withinTime(5000, () => [inner(), inner()])).toEqual({ value: [{ value: "inner" }, { value: "inner" }] });
  expect(withinTime(5000, () => "after")).toEqual({ value: "after" });
});
