import { once } from "node:events";
import { connect } from "node:net";
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

it("ends at once although a connection was opened ahead that never asks anything", async () => {
  const { server } = await createTestServer();
  const address = new URL(await server.listen({ host: "127.0.0.1", port: 0 }));
  const ahead = connect(Number(address.port), address.hostname);
  await once(ahead, "connect");
  const asked = await fetch(new URL("/v3/about", address));
  expect(asked.status).toBe(200);
  const startMs = performance.now();
  await Promise.all([server.close(), once(ahead, "close")]);
  expect(performance.now() - startMs).toBeLessThan(1_500);
});
