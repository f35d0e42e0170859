import { setTimeout as sleep } from "node:timers/promises";
import type { HostCommand } from "@opendvp/core";
import { describe, expect, it } from "vitest";
import type { HostHarness } from "../host-harness.ts";

/** Everything that a command can start to get away from whoever ends it. */
const FAMILY = "sleep 61 & (setsid sleep 62 &); setsid bash -c 'sleep 63 & sleep 64' & nohup sleep 65 >/dev/null 2>&1 & sleep 66";

export function testCommandLimits(harness: HostHarness): void {
  const mark = `test-limits-${String(process.pid)}:`;
  const run = async (command: Partial<HostCommand>) =>
    (await harness.connect()).run({ command: FAMILY, user: harness.user, mark, ...command });
  const leftRunning = async (): Promise<number> => (await harness.connect()).endMarked(mark);

  describe("limits of a command", () => {
    it("end it with all that it started when its time has passed", async () => {
      await expect(run({ timeLimitMs: 400 })).rejects.toMatchObject({ code: "TIME_LIMIT", details: { limitMs: 400 } });
      expect(await leftRunning()).toBe(0);
    });

    it("end it when it is canceled", async () => {
      const controller = new AbortController();
      const running = run({ signal: controller.signal });
      await sleep(300);
      controller.abort();
      await expect(running).rejects.toMatchObject({ code: "CANCELED" });
      expect(await leftRunning()).toBe(0);
    });

    it("start nothing that was canceled before", async () => {
      await expect(run({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "CANCELED" });
    });

    it("end it when it says too much, and name the limit and what exceeded it", async () => {
      const flood = run({ command: `${FAMILY.replace(/ & sleep 66$/, "")} & yes`, outputLimitBytes: 50_000 });
      await expect(flood).rejects.toMatchObject({
        code: "PLUGIN_LIMIT",
        message: expect.stringMatching(/command of user .* 50000 bytes of output/) as string,
        details: { limitBytes: 50_000 },
      });
      expect(await leftRunning()).toBe(0);
    });
  });
}
