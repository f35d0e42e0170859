import type { Engine } from "@opendvp/core";
import { expect, it } from "vitest";
import { createTestServer } from "../test-server.ts";

it.each([
  ["rollback_by_snapshot", "its own snapshots"],
  ["refresh_by_snapshot", "those of its parent"],
])("POST /vdbs/{vdbId}/%s looks for the snapshot among %s, and offers no others", async (route) => {
  const { call, engine } = await createTestServer();
  const vdb = engine.objects.datasets.all.find((dataset) => dataset.kind === "VDB");
  if (vdb?.kind !== "VDB") throw new Error("the seeded engine has a VDB");
  const asked: unknown[] = [];
  const resolve = engine.resolve.bind(engine) as (...args: readonly unknown[]) => unknown;
  const listening = (...args: readonly unknown[]): unknown => (asked.push(args), resolve(...args));
  Object.assign(engine, { resolve: listening as Engine["resolve"] });
  const answer = await call("POST", `/vdbs/${vdb.reference}/${route}`, { body: { snapshot_id: "nope" } });
  expect(answer.statusCode).toBe(404);
  expect(asked).toEqual([["snapshots", "nope", { container: route === "rollback_by_snapshot" ? vdb.reference : vdb.parent }]]);
});
