import { expect, it, onTestFinished } from "vitest";
import { createTestServer } from "./test-server.ts";

it("starts and answers without a warning of its framework", async () => {
  const warnings: string[] = [];
  const note = (warning: Error): void => void warnings.push(String(warning));
  process.on("warning", note);
  onTestFinished(() => void process.off("warning", note));
  const { call } = await createTestServer();
  expect((await call("GET", "/about")).statusCode).toBe(200);
  // Warnings are told a turn later.
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
});
