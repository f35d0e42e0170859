import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { HeldArtifacts } from "../../src/plugins/held-artifacts.ts";
import type { ArtifactStore } from "../../src/ports/artifact-store.ts";
import { Latch } from "../bench/latch.ts";
import { upgradeBench } from "../bench/upgrade-bench.ts";

const ARTIFACT = Buffer.from("{}");

test("an upload of what is being removed just then has it for as long as it works", async () => {
  const { catalog, artifacts } = await upgradeBench();
  const [begun, removal] = [new Latch(), new Latch()];
  const slowly: ArtifactStore = {
    put: (artifact) => artifacts.put(artifact),
    get: (sha256) => artifacts.get(sha256),
    unpacked: (sha256) => artifacts.unpacked(sha256),
    list: () => artifacts.list(),
    remove: async (sha256) => {
      begun.open();
      await removal.opened;
      await artifacts.remove(sha256);
    },
  };
  const held = new HeldArtifacts(catalog, slowly, { gone: () => undefined, report: (error) => expect.unreachable(String(error)) });
  const refused = held.holding(ARTIFACT, () => Promise.resolve());
  await begun.opened;
  const found = held.holding(ARTIFACT, (sha256) => removal.opened.then(() => sleep(50)).then(() => artifacts.get(sha256)));
  await sleep(50);
  removal.open();
  await refused;
  expect(await found).toEqual(ARTIFACT);
  expect(await artifacts.list()).toEqual([]);
});

test("what cannot be removed keeps nobody from the result of the work, and goes with the next sweep", async () => {
  const { catalog, artifacts } = await upgradeBench();
  const reported: unknown[] = [];
  let isBroken = true;
  const stubborn: ArtifactStore = {
    put: (artifact) => artifacts.put(artifact),
    get: (sha256) => artifacts.get(sha256),
    unpacked: (sha256) => artifacts.unpacked(sha256),
    list: () => artifacts.list(),
    remove: (sha256) => (isBroken ? Promise.reject(new Error("The disk is gone.")) : artifacts.remove(sha256)),
  };
  const held = new HeldArtifacts(catalog, stubborn, { gone: () => undefined, report: (error) => reported.push(error) });
  expect(await held.holding(ARTIFACT, () => Promise.resolve("done"))).toBe("done");
  await expect(held.holding(ARTIFACT, () => Promise.reject(new Error("It is refused.")))).rejects.toThrow("It is refused.");
  expect(reported).toEqual([new Error("The disk is gone."), new Error("The disk is gone.")]);
  expect(await artifacts.list()).toHaveLength(1);
  await held.sweep();
  expect(reported).toHaveLength(3);
  isBroken = false;
  await held.sweep();
  expect(await artifacts.list()).toEqual([]);
});
