import { EngineError } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { completeRelease } from "../../src/plugins/complete-release.ts";

const BEFORE = { ...EXAMPLES.plugin, migrationIds: null };

test("an artifact that is damaged on the disk is no outage that would end by itself: what to do is said", async () => {
  const damaged = new EngineError("CATALOG_FAILED", "The stored artifact is damaged.");
  await expect(completeRelease({ get: () => Promise.reject(damaged) }, BEFORE)).rejects.toMatchObject({
    code: "PLUGIN_REFUSED",
    message: expect.stringMatching(/is not known: its artifact 0+ cannot be read: The stored artifact is damaged\.$/) as string,
    action: expect.stringMatching(/^Upload the artifact of 1\.0 again/) as string,
  });
});

test("what is no error of ours stays what it is", async () => {
  const bug = new TypeError("x is undefined");
  await expect(completeRelease({ get: () => Promise.reject(bug) }, BEFORE)).rejects.toBe(bug);
});

test("where the migrations are known nothing is read", async () => {
  expect(await completeRelease({ get: () => Promise.reject(new Error("read")) }, EXAMPLES.plugin)).toEqual(EXAMPLES.plugin);
});
