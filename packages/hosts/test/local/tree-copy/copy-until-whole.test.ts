import { EngineError } from "@opendvp/model";
import { expect, test } from "vitest";
import { copyUntilWhole } from "../../../src/local/tree-copy/copy-until-whole.ts";
import type { RsyncOutcome } from "../../../src/local/tree-copy/rsync-report.ts";

const WHOLE: RsyncOutcome = { bytesChanged: 1, hasVanishedFiles: false };
const VANISHED: RsyncOutcome = { bytesChanged: 1, hasVanishedFiles: true };
const reason = new EngineError("HOST_COMMAND_FAILED", "A file is gone.");
const INCOMPLETE: RsyncOutcome = { ...VANISHED, incomplete: reason };

/** Each outcome changes one byte: how many bytes come of it tells how many copies there were. */
function copies(...outcomes: readonly RsyncOutcome[]): Promise<number> {
  const left = [...outcomes];
  return copyUntilWhole(() => {
    const next = left.shift();
    return next === undefined ? Promise.reject(new Error("One copy too many.")) : Promise.resolve(next);
  });
}

test.each([
  ["one that was whole is the last", [WHOLE], 1],
  ["where files vanished, the next one is taken as it is", [VANISHED, VANISHED], 2],
  ["an incomplete one is never taken", [INCOMPLETE, INCOMPLETE, INCOMPLETE, INCOMPLETE, WHOLE], 5],
  ["after an incomplete one, files that vanished are no reason to go on", [INCOMPLETE, VANISHED], 2],
] as const)("%s", async (_, outcomes, count) => {
  expect(await copies(...outcomes)).toBe(count);
});

test("where the fifth is incomplete too, that is an error", async () => {
  await expect(copies(INCOMPLETE, INCOMPLETE, INCOMPLETE, INCOMPLETE, INCOMPLETE)).rejects.toBe(reason);
});
