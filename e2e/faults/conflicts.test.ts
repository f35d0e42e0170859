import { existsSync } from "node:fs";
import { EngineError } from "@opendvp/model";
import type { Job } from "@opendvp/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { deleteVdb } from "../kill/scenario.ts";
import { openWorld } from "../kill/with-world.ts";
import { PARENT, type World } from "../kill/world.ts";

type Answer = { readonly job: Job };

describe.skipIf(!isRoot)("requests at the same moment that cannot both be done (needs root)", () => {
  let world: World;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ world, close } = await openWorld({ storage: "btrfs", isRestless: false, environmentUser: "opendvp" }));
    await world.vdb("shared");
  });
  afterAll(() => close());

  const vdb = { params: { vdbId: "shared" } } as const;
  const provision = (name: string, place: string) =>
    world.client.vdbs.provisionBySnapshot({
      body: { name, source_data_id: PARENT, repository_id: world.repository, appdata_source_params: { mountPath: world.path(place) } },
    });
  const pairs: readonly (readonly [string, () => Promise<Answer>, () => Promise<Answer>])[] = [
    [
      "a refresh and a snapshot of one copy",
      () => world.client.vdbs.refreshBySnapshot({ ...vdb, body: {} }),
      () => world.client.vdbs.snapshot({ ...vdb, body: {} }),
    ],
    ["a stop and a disable", () => world.client.vdbs.stop({ ...vdb, body: {} }), () => world.client.vdbs.disable({ ...vdb, body: {} })],
    [
      "two syncs",
      () => world.client.dsources.sync({ params: { dsourceId: PARENT }, body: {} }),
      () => world.client.dsources.sync({ params: { dsourceId: PARENT }, body: {} }),
    ],
    ["two copies of one name", () => provision("twin", "twin1"), () => provision("twin", "twin2")],
    [
      "two discoveries of one environment",
      () => world.client.environments.refresh({ params: { environmentId: "host" } }),
      () => world.client.environments.refresh({ params: { environmentId: "host" } }),
    ],
  ];

  it.each(pairs)("%s: one is done, the other is refused and told for which job it would have to wait", async (_what, one, other) => {
    const settled = await Promise.allSettled([one(), other()]);
    const won = settled.filter((each) => each.status === "fulfilled").map(({ value }) => value.job.id);
    const refused = settled.filter((each) => each.status === "rejected").map(({ reason }) => EngineError.from(reason));
    expect(won).toHaveLength(1);
    expect(refused).toMatchObject([{ code: "CONFLICT", details: { job: won[0] } }]);
    expect(refused[0]?.message).toContain(won[0]);
    expect(await world.ended(won[0] ?? "")).toMatchObject({ status: "COMPLETED" });
    for (const name of ["shared", "twin"]) await world.idle(name);
    expect(await world.engine.audit()).toEqual([]);
  });

  it("two copies that are to be mounted one in the other: one is there, and the other is refused and leaves nothing", async () => {
    const asked = await Promise.all([
      world.provision("outer", world.firstSnapshot, { mountPath: world.path("nested") }),
      world.provision("inner", world.firstSnapshot, { mountPath: `${world.path("nested")}/inner` }),
    ]);
    const ended = await Promise.all(asked.map(({ job }) => world.ended(job.id)));
    expect(ended.map(({ status }) => status).sort()).toEqual(["COMPLETED", "FAILED"]);
    expect(ended.find(({ status }) => status === "FAILED")).toMatchObject({ error: { code: "MOUNT_POINT_REFUSED" } });
    for (const name of ["outer", "inner"]) {
      await world.idle(name);
      await deleteVdb(world, name);
    }
    expect(existsSync(world.path("nested"))).toBe(false);
    expect(await world.engine.audit()).toEqual([]);
  });
});
