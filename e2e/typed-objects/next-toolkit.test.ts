import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "@opendvp/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRoot, makeSource, startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";
import { buildTestToolkit } from "../toolkits/build-test-toolkit.ts";
import { hasPython, speakAsClient, type ClientUser } from "./speak-as-client.ts";

interface Uploaded {
  readonly state: string;
  readonly answer: { readonly result: string; readonly action: string; readonly job: string | null };
  readonly told?: readonly (readonly string[])[];
}

describe.skipIf(!isRoot || !hasPython)(
  "the next version of a toolkit, as existing clients upload it (needs root and python3)",
  { timeout: 120_000 },
  () => {
    const ann: ClientUser = { name: "ann", password: "correct-horse-battery" };
    let engine: EngineUnderTest;
    let toolkit: string;
    let repository: string;
    let second: string;

    beforeAll(async () => {
      engine = await startEngineUnderTest({ storage: "embedded:1G" });
      const { client, directory, environmentUser } = engine;
      await client.accounts.create({ body: { username: ann.name, password: ann.password, role: "admin" } });
      const [first, next] = await Promise.all([built("staged-files"), built("staged-files-2.0")]);
      second = next;
      toolkit = (await upload(first)).answer.result;
      await engine.run(client.environments.create({ body: { name: "here", hostname: "localhost", username: environmentUser } }));
      repository = (await client.repositories.list()).items[0]?.id ?? "";
      const path = await makeSource(engine);
      const { source_id } = await client.sources.add({ body: { repository_id: repository, parameters: { path } } });
      const parameters = { stagingPath: join(directory, "staging") };
      await engine.run(client.dsources.linkAppdata({ body: { name: "files", source_id, parameters } }));
      const appdata_source_params = { mountPath: join(directory, "copy"), port: 5432, password: "tiger-of-the-copy" };
      const body = { name: "copy", source_data_id: "files", repository_id: repository, appdata_source_params };
      await engine.run(client.vdbs.provisionBySnapshot({ body }));
    });
    afterAll(() => engine[Symbol.asyncDispose]());

    async function built(edition: "staged-files" | "staged-files-2.0"): Promise<string> {
      return (await buildTestToolkit(edition, join(engine.directory, `built-${edition}`))).artifact.file;
    }

    const upload = (file: string): Promise<Uploaded> => speakAsClient<Uploaded>(engine, ann, ["upload-toolkit", file]);

    it("is refused while sources are enabled, and names them; what is installed stays", async () => {
      const refused = await speakAsClient<{ refused: number; error: JsonObject }>(engine, ann, ["upload-toolkit", second]);
      expect(refused).toMatchObject({ refused: 200, error: { id: "exception.opendvp.state.unsuitable" } });
      expect(refused.error["details"]).toMatch(/files \(APPDATA_CONTAINER-1\), copy \(APPDATA_CONTAINER-\d+\)/);
      expect(await engine.client.plugins.show({ params: { pluginId: toolkit } })).toMatchObject({ build_number: "1.0.0" });
    });

    it("takes its place by a job once all sources are disabled, and they work on afterwards", async () => {
      const { client, directory } = engine;
      const [disabled] = (
        await speakAsClient<{ answers: JsonObject[] }>(engine, ann, ["call", `POST:toolkit/${toolkit}/disableAllSources`])
      ).answers;
      expect(disabled).toMatchObject({ end: { state: "COMPLETED" } });
      const { state, answer, told } = await upload(second);
      expect([state, answer.result, answer.job]).toEqual(["COMPLETED", toolkit, expect.stringMatching(/^JOB-\d+$/)]);
      expect(told?.at(-1)?.[1]).toBe("event.job.completed");
      const { answers } = await speakAsClient<{ answers: JsonObject[] }>(engine, ann, ["call", `GET:toolkit/${toolkit}`]);
      expect(answers[0]?.["result"]).toMatchObject({
        type: "Toolkit",
        version: "2.0.0",
        linkedSourceDefinition: { type: "ToolkitLinkedStagedSource" },
        upgradeDefinition: { fromVersion: "1.0.0" },
      });
      await engine.run(client.dsources.enable({ params: { dsourceId: "files" } }));
      await engine.run(client.vdbs.enable({ params: { vdbId: "copy" }, body: {} }));
      await engine.run(client.vdbs.refreshBySnapshot({ params: { vdbId: "copy" }, body: {} }));
      expect(await readFile(join(directory, "copy/file"), "utf8")).toBe("of the source");
      const { appdata_source_params: parameters } = await client.vdbs.show({ params: { vdbId: "copy" } });
      expect(parameters).toMatchObject({ label: "port 5432", password: "********" });
    });

    it("is not followed by the former one, which cannot be uploaded any more", async () => {
      const first = await built("staged-files");
      expect(await speakAsClient(engine, ann, ["upload-toolkit", first])).toMatchObject({
        refused: 200,
        error: { id: "exception.opendvp.plugin.refused" },
      });
    });

    it("is refused by the id that clients know where a patch changes a schema", async () => {
      const artifact = JSON.parse(await readFile(second, "utf8")) as JsonObject;
      const patch = join(engine.directory, "patch.json");
      const snapshotSchema = { type: "object", properties: { files: { type: "object" }, more: { type: "string" } } };
      await writeFile(patch, JSON.stringify({ ...artifact, version: "2.0.1", snapshotSchema }));
      expect(await speakAsClient(engine, ann, ["upload-toolkit", patch])).toMatchObject({
        refused: 200,
        error: { id: "exception.toolkit.cannot.update.schema" },
      });
    });
  },
);
