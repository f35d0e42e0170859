import type { Engine, VirtualSource } from "@opendvp/core";
import { expect, it } from "vitest";
import { createTestServer, type TestServer } from "../test-server.ts";

interface Heard extends TestServer {
  readonly vdb: VirtualSource;
  /** What the engine was asked to resolve. */
  readonly asked: readonly unknown[];
}

async function listeningServer(): Promise<Heard> {
  const server = await createTestServer();
  const { engine } = server;
  const vdb = engine.objects.datasets.all.find((dataset) => dataset.kind === "VDB");
  if (vdb?.kind !== "VDB") throw new Error("the seeded engine has a VDB");
  const asked: unknown[] = [];
  const resolve = engine.resolve.bind(engine) as (...args: readonly unknown[]) => unknown;
  const listening = (...args: readonly unknown[]): unknown => (asked.push(args), resolve(...args));
  Object.assign(engine, { resolve: listening as Engine["resolve"] });
  return { ...server, vdb, asked };
}

it.each([
  ["rollback_by_snapshot", "its own snapshots"],
  ["refresh_by_snapshot", "those of its parent"],
])("POST /vdbs/{vdbId}/%s looks for the snapshot among %s, and offers no others", async (route) => {
  const { call, vdb, asked } = await listeningServer();
  const answer = await call("POST", `/vdbs/${vdb.reference}/${route}`, { body: { snapshot_id: "nope" } });
  expect(answer.statusCode).toBe(404);
  expect(asked).toEqual([["snapshots", "nope", { container: route === "rollback_by_snapshot" ? vdb.reference : vdb.parent }]]);
});

it("a refresh of a VDB without a parent offers no snapshot at all: the engine says what is missing", async () => {
  const { call, engine, vdb, asked } = await listeningServer();
  engine.objects.datasets.put({ ...vdb, parent: null });
  const answer = await call("POST", `/vdbs/${vdb.reference}/refresh_by_snapshot`, { body: { snapshot_id: "nope" } });
  expect(answer.statusCode).toBe(200);
  expect(asked).toEqual([]);
});
