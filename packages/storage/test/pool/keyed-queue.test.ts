import { expect, it } from "vitest";
import { KeyedQueue } from "../../src/pool/keyed-queue.ts";

it("runs what concerns two keys after all that concerns either, in whichever order they are told", async () => {
  const queue = new KeyedQueue();
  const order: string[] = [];
  const note = (what: string) => async (): Promise<void> => {
    order.push(`${what} begins`);
    await new Promise(setImmediate);
    order.push(`${what} ends`);
  };
  await Promise.all([queue.runBoth("a", "b", note("one")), queue.runBoth("b", "a", note("two")), queue.run("b", note("three"))]);
  expect(order).toHaveLength(6);
  for (const what of ["one", "two", "three"]) expect(order[order.indexOf(`${what} begins`) + 1]).toBe(`${what} ends`);
});
