import { readlinkSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findPythons, PYTHON_LANGUAGES } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isRoot, nameInterpreter, startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";
import { buildPublicArtifact } from "./public-artifact.ts";

const pythons = await findPythons();

describe.each(PYTHON_LANGUAGES)("an artifact of the public tool, compiled by Python %s", (version, language) => {
  const interpreter = pythons.get(version);
  if (!isRoot || interpreter === undefined) return test.skip(`needs root and Python ${version}`, () => undefined);
  const another = pythons.get(version === "3.11" ? "3.12" : "3.11");
  let engine: EngineUnderTest;
  let artifact: Uint8Array;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    artifact = await buildPublicArtifact({ interpreter, language, directory: join(engine.directory, "compiled") });
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const upload = () => engine.client.plugins.upload({ body: artifact });
  const copy = (name: string): string => join(engine.directory, name);
  const daemonOf = async (name: string): Promise<string | undefined> => {
    const pid = (await readFile(join(copy(name), "daemon.pid"), "utf8")).trim();
    try {
      return readlinkSync(`/proc/${pid}/cwd`);
    } catch {
      return undefined;
    }
  };
  const missing = {
    code: "INTERPRETER_MISSING",
    message: expect.stringContaining(`This machine has no Python for ${language}: /nowhere/python cannot be run.`) as string,
    action: expect.stringContaining(`interpreters.${language} in its configuration.json`) as string,
  };

  test("is refused at upload where its interpreter is missing: named, with the place to configure it", async () => {
    await nameInterpreter(engine, language, "/nowhere/python");
    await expect(upload()).rejects.toMatchObject(missing);
    expect((await engine.client.plugins.list({})).items).toEqual([]);
  });

  test.skipIf(another === undefined)("is refused by another version of Python, in words that say so", async () => {
    await nameInterpreter(engine, language, another ?? "");
    await expect(upload()).rejects.toMatchObject({
      code: expect.stringMatching(/^(PLUGIN_INVALID|INTERPRETER_MISSING)$/) as string,
      message: expect.stringMatching(/compiled for another version of Python|has no Python for PYTHON27: \S+ is Python 3/) as string,
    });
    expect((await engine.client.plugins.list({})).items).toEqual([]);
  });

  test("runs with its own interpreter: discovery with its resources and modules, in text of every kind", async () => {
    await nameInterpreter(engine, language, interpreter);
    await upload();
    const body = { name: "this machine", hostname: "localhost", username: engine.environmentUser };
    await engine.run(engine.client.environments.create({ body }));
    expect((await engine.client.plugins.list({})).items).toMatchObject([{ name: "public", build_number: "1" }]);
    expect((await engine.client.repositories.list({})).items).toMatchObject([{ name: "found of älteren Datums" }]);
    expect((await engine.client.sources.list({})).items).toMatchObject([{ name: "könig" }]);
  });

  test("is linked, provisioned, refreshed and rewound; the daemon that it leaves behind lives on", async () => {
    const { client } = engine;
    const [source] = (await client.sources.list({})).items;
    const dataPath = source?.parameters["dataPath"] as string;
    await mkdir(dataPath, { recursive: true, mode: 0o777 });
    await chmod(dataPath, 0o777);
    await writeFile(join(dataPath, "note"), "from the source");
    await writeFile(join(dataPath, "note.tmp"), "left out");
    await engine.run(client.dsources.linkAppdata({ body: { name: "notes", source_id: source?.id ?? "" } }));
    const [repository] = (await client.repositories.list({})).items;
    const provision = {
      name: "copy",
      source_data_id: "notes",
      repository_id: repository?.id ?? "",
      appdata_source_params: { mPath: copy("copy") },
    };
    const beganAt = performance.now();
    await engine.run(client.vdbs.provisionBySnapshot({ body: provision }));
    expect(performance.now() - beganAt).toBeLessThan(20_000);
    expect(await readFile(join(copy("copy"), "note"), "utf8")).toBe("from the source");
    await expect(readFile(join(copy("copy"), "note.tmp"))).rejects.toThrow(/ENOENT/);
    expect(await daemonOf("copy")).toBe(copy("copy"));
    const params = { vdbId: "copy" };
    await writeFile(join(copy("copy"), "note"), "of the copy");
    await engine.run(client.vdbs.snapshot({ params, body: { name: "kept" } }));
    await engine.run(client.vdbs.refreshBySnapshot({ params, body: {} }));
    expect(await readFile(join(copy("copy"), "note"), "utf8")).toBe("from the source");
    await engine.run(client.vdbs.rollbackBySnapshot({ params, body: { snapshot_id: "kept" } }));
    expect(await readFile(join(copy("copy"), "note"), "utf8")).toBe("of the copy");
    expect(await daemonOf("copy")).toBe(copy("copy"));
    expect(await client.vdbs.show({ params })).toMatchObject({ status: "ACTIVE" });
  });

  test("says at use as well that its interpreter has gone, and goes on when it is back", async () => {
    const params = { vdbId: "copy" };
    const snapshot = () => engine.run(engine.client.vdbs.snapshot({ params, body: {} }));
    await nameInterpreter(engine, language, "/nowhere/python");
    await expect(snapshot()).rejects.toMatchObject(missing);
    await nameInterpreter(engine, language, interpreter);
    await snapshot();
    await engine.run(engine.client.vdbs.delete({ params }));
  });
});
