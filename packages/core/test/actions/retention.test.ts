import type { Action, Change } from "@opendvp/core";
import { EXAMPLES, FakeClock } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { ActionRetention } from "../../src/actions/retention.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const DAY_MS = 24 * 60 * 60_000;

test("what was asked longer ago than it is kept is forgotten, but for what led to a job", async () => {
  const clock = new FakeClock();
  const ago = (days: number): string => new Date(clock.now().getTime() - days * DAY_MS).toISOString();
  const asked = (serial: number, days: number): Change => {
    const action: Action = { ...EXAMPLES.action, reference: `ACTION-${serial}`, startedAt: ago(days), endedAt: ago(days) };
    return { collection: "actions", insert: action };
  };
  const many = Array.from({ length: 1_100 }, (_, index) => asked(1_000 + index, 40));
  const catalog = await exampleCatalog([asked(10, 31), asked(11, 29), asked(12, 400), ...many]);
  await catalog.transact(async (transaction) => {
    await transaction.insertJob({ ...EXAMPLES.job, action: "ACTION-12" });
    await transaction.apply([{ collection: "actions", update: EXAMPLES.action.reference, set: { startedAt: ago(0) } }]);
  });
  const retention = new ActionRetention({ catalog, clock, keepDays: 30, report: (error) => expect.unreachable(String(error)) });
  expect(await retention.forget()).toBe(1_101);
  expect((await catalog.objects.actions.list()).map(({ reference }) => reference)).toEqual([
    EXAMPLES.action.reference,
    "ACTION-11",
    "ACTION-12",
  ]);
  expect(await retention.forget()).toBe(0);
});
