import { EngineError, type ErrorCode } from "@opendvp/model";
import { FakeClock } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { retrying } from "../../src/jobs/retrying.ts";

async function callsUntilGivenUp(code: ErrorCode): Promise<number> {
  const retry = { clock: new FakeClock({ isSkipping: true }), retryDelaysMs: [1000, 2000] };
  let calls = 0;
  const failing = (): Promise<never> => {
    calls += 1;
    return Promise.reject(new EngineError(code, "No."));
  };
  await expect(retrying(retry, failing)).rejects.toMatchObject({ code });
  return calls;
}

test("what may pass by itself is tried once more after each delay", async () => {
  expect(await callsUntilGivenUp("HOST_UNREACHABLE")).toBe(3);
});

test.each(["PLUGIN_USER_ERROR", "PLUGIN_OPERATION_MISSING", "INTERPRETER_MISSING"] as const)(
  "what somebody must mend first is not tried again: %s",
  async (code) => {
    expect(await callsUntilGivenUp(code)).toBe(1);
  },
);
