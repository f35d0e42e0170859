import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient, type Client } from "@opendvp/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPlugin, isRoot, startEngineUnderTest, type EngineUnderTest } from "./engine-under-test/index.ts";

describe.skipIf(!isRoot)("whose a VDB is (needs root)", () => {
  let engine: EngineUnderTest;
  let repository: string;
  let ann: Client;
  let bob: Client;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "copy" });
    const plugin = await installPlugin(engine, "directory");
    repository = plugin.repository;
    const source = join(engine.directory, "source");
    await mkdir(source);
    await writeFile(join(source, "file"), "content");
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: await plugin.addSource(source) } }));
    [ann, bob] = [await newUser("ann"), await newUser("bob")];
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  async function newUser(username: string): Promise<Client> {
    await engine.client.accounts.create({ body: { username, password: `password of ${username}`, role: "user" } });
    const { token } = await engine.client.apiKeys.create({ body: { name: "test", account_id: username } });
    return createClient({ address: engine.client.address, apiKey: token });
  }
  const provision = (client: Client, name: string) =>
    client.vdbs.provisionBySnapshot({
      body: {
        name,
        source_data_id: "tree",
        repository_id: repository,
        appdata_source_params: { mountPath: join(engine.directory, name) },
      },
    });
  const owner = async (vdbId: string) => (await engine.client.vdbs.show({ params: { vdbId } })).owner;
  const refused = { code: "NOT_ALLOWED", action: expect.stringContaining("its owner ann (role user)") as string };
  const params = { vdbId: "hers" };

  it("is the one's who made it: others look, and are refused with the owner's name", async () => {
    await engine.run(provision(ann, "hers"));
    expect(await owner("hers")).toBe("ann");
    expect((await bob.vdbs.list({})).items.map(({ name }) => name)).toEqual(["hers"]);
    await expect(bob.vdbs.stop({ params, body: {} })).rejects.toMatchObject(refused);
    await expect(bob.vdbs.delete({ params, body: {} })).rejects.toMatchObject(refused);
    const [snapshot] = (await bob.vdbs.listSnapshots({ params })).items;
    await expect(bob.snapshots.delete({ params: { snapshotId: snapshot?.id ?? "" } })).rejects.toMatchObject(refused);
    await engine.run(ann.vdbs.stop({ params, body: {} }));
    await engine.run(ann.vdbs.start({ params }));
  });

  it("leaves a record of who was refused, with the VDB, and of who could not log in", async () => {
    await expect(bob.session.login({ body: { username: "bob", password: "secret-of-bob" } })).rejects.toMatchObject({
      code: "LOGIN_FAILED",
    });
    const ofBob = async () => (await engine.client.actions.list({ query: { user: "bob" } })).items;
    await expect
      .poll(async () => (await ofBob()).map(({ operation, status, error_code }) => [operation, status, error_code]))
      .toEqual([
        ["login", "FAILED", "LOGIN_FAILED"],
        ["snapshots.delete", "REFUSED", "NOT_ALLOWED"],
        ["vdbs.delete", "REFUSED", "NOT_ALLOWED"],
        ["vdbs.stop", "REFUSED", "NOT_ALLOWED"],
      ]);
    const { id } = await engine.client.vdbs.show({ params });
    const { items } = await engine.client.actions.list({ query: { target: "hers", since: "2000-01-01" } });
    expect(items.find(({ operation }) => operation === "vdb.provision")).toMatchObject({ user: "ann", target_id: id, status: "COMPLETED" });
    expect(JSON.stringify([...items, ...(await ofBob())])).not.toContain("secret-of-bob");
    await expect(bob.actions.list({})).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  });

  it("can be copied by others, who own the copy", async () => {
    const body = { name: "his", source_data_id: "hers", repository_id: repository };
    await engine.run(
      bob.vdbs.provisionBySnapshot({ body: { ...body, appdata_source_params: { mountPath: join(engine.directory, "his") } } }),
    );
    expect(await owner("his")).toBe("bob");
    await engine.run(bob.vdbs.delete({ params: { vdbId: "his" }, body: {} }));
  });

  it("is handed over by an administrator, and outlives a restart", async () => {
    await engine.client.vdbs.update({ params, body: { owner: "bob" } });
    await engine.restart();
    expect(await owner("hers")).toBe("bob");
  });

  it("is nobody's once its owner is no user any more: then operators and administrators look after it", async () => {
    await engine.client.accounts.delete({ params: { accountId: "bob" } });
    expect(await owner("hers")).toBeNull();
    await engine.run(engine.client.vdbs.delete({ params, body: {} }));
  });
});
