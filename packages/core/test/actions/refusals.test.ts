import type { Catalog } from "@opendvp/core";
import { FakeClock } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { Refusals, type Refusal } from "../../src/actions/refusals.ts";
import { temporaryCatalog } from "../bench/temporary-catalog.ts";

const LOGIN: Refusal = {
  user: "nobody",
  asker: null,
  title: "Log in with an unknown name",
  operation: "login",
  target: null,
  errorCode: "LOGIN_FAILED",
};
const STOP: Refusal = {
  user: "bob",
  asker: "USER-2",
  title: "POST /vdbs/{vdbId}/stop",
  operation: "vdbs.stop",
  target: "APPDATA_CONTAINER-2",
  errorCode: "NOT_ALLOWED",
};

async function open(): Promise<{ catalog: Catalog; clock: FakeClock; refusals: Refusals; transactions: () => number; errors: unknown[] }> {
  const catalog = await temporaryCatalog();
  const clock = new FakeClock();
  const errors: unknown[] = [];
  let count = 0;
  const counting: Catalog = {
    objects: catalog.objects,
    journal: catalog.journal,
    sharedClock: catalog.sharedClock,
    transact: (work) => {
      count += 1;
      return catalog.transact(work);
    },
    close: () => catalog.close(),
  };
  const refusals = new Refusals({ catalog: counting, clock, report: (error) => errors.push(error) });
  return { catalog, clock, refusals, transactions: () => count, errors };
}

test("what was refused, and who failed to log in, is recorded", async () => {
  const { catalog, clock, refusals } = await open();
  refusals.note(LOGIN);
  refusals.note(STOP);
  await refusals.written();
  const at = clock.now().toISOString();
  expect(await catalog.objects.actions.list()).toEqual([
    { ...LOGIN, reference: "ACTION-1", parent: null, state: "FAILED", times: 1, startedAt: at, endedAt: at },
    { ...STOP, reference: "ACTION-2", parent: null, state: "REFUSED", times: 1, startedAt: at, endedAt: at },
  ]);
});

test("whoever tries again and again leaves one action an hour, and hardly a transaction", async () => {
  const { catalog, clock, refusals, transactions } = await open();
  for (let attempt = 1; attempt <= 10_000; attempt++) refusals.note(LOGIN);
  await refusals.written();
  expect(await catalog.objects.actions.list()).toMatchObject([{ times: 8_192 }]);
  expect(transactions()).toBe(14);
  clock.turn(60 * 60_000);
  refusals.note(LOGIN);
  await refusals.written();
  expect((await catalog.objects.actions.list()).map(({ times }) => times)).toEqual([8_192, 1]);
});

test("a record that cannot be written is reported, and stops no other", async () => {
  const { catalog, refusals, errors } = await open();
  await catalog.transact((transaction) => transaction.apply([]));
  refusals.note({ ...LOGIN, user: undefined as unknown as string });
  refusals.note(STOP);
  await refusals.written();
  expect(errors).toHaveLength(1);
  expect(await catalog.objects.actions.list()).toMatchObject([{ operation: "vdbs.stop" }]);
});
