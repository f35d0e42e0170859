import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";

const ROUNDS = 6;

describe("an engine that is told to end", () => {
  let engine: EngineUnderTest;
  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "copy" });
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  it("ends in order from the moment on that it says it is ready", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await engine.restart();
      await expect(engine.stop()).resolves.toBeUndefined();
    }
    await engine.restart();
  }, 60_000);
});
