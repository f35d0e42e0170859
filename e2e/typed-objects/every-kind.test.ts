import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { JsonObject } from "@opendvp/model";
import { buildPlugin, initPlugin } from "@opendvp/plugin-tools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  installPlugin,
  isRoot,
  makeSource,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../engine-under-test/index.ts";
import { dvpOnPath } from "../shells/dvp-program.ts";
import { buildTestToolkit } from "../toolkits/build-test-toolkit.ts";
import { OLD_TOOLKIT } from "./old-toolkit.ts";
import { hasPython, speakAsClient, type ClientUser } from "./speak-as-client.ts";
import { missingMembers } from "./typed-members.ts";

interface Refused {
  readonly refused: number;
  readonly error: JsonObject;
}

interface Uploaded {
  readonly state: string;
  readonly answer: { readonly result: string; readonly action: string; readonly job: string | null };
  readonly told?: readonly (readonly string[])[];
}

interface Answer {
  readonly type: string;
  readonly result: JsonObject | readonly JsonObject[] | null;
  readonly action: string | null;
  readonly end: { readonly state: string } | null;
}

const RECORDED = resolve(import.meta.dirname, "../../../shared/reference/engine-api-recorded-types.json");
const LOGS = ["debug.log", "error.log", "info.log"];

describe.skipIf(!isRoot || !hasPython)(
  "plugins of every kind, as existing clients see them (need root and python3)",
  { timeout: 120_000 },
  () => {
    const ann: ClientUser = { name: "ann", password: "correct-horse-battery" };
    let engine: EngineUnderTest;
    let typescript: InstalledPlugin;
    let toolkit: string;
    let toolkitFile: string;

    const artifactOf = async (path: string): Promise<JsonObject> => JSON.parse(await readFile(path, "utf8")) as JsonObject;

    async function written(name: string, artifact: JsonObject): Promise<string> {
      const path = join(engine.directory, name);
      await writeFile(path, JSON.stringify(artifact));
      return path;
    }

    const call = async (...calls: readonly string[]): Promise<readonly Answer[]> =>
      (await speakAsClient<{ answers: Answer[] }>(engine, ann, ["call", ...calls])).answers;

    beforeAll(async () => {
      engine = await startEngineUnderTest({ storage: "embedded:1G" });
      typescript = await installPlugin(engine, "directory");
      await engine.client.accounts.create({ body: { username: ann.name, password: ann.password, role: "admin" } });
      toolkitFile = (await buildTestToolkit("direct-files", join(engine.directory, "toolkit"))).artifact.file;
      await makeSource(engine);
    });
    afterAll(() => engine[Symbol.asyncDispose]());

    async function build(name: string, changes: string): Promise<string> {
      const directory = join(engine.directory, name);
      const { configFile } = await initPlugin({ name, directory, strategy: "DIRECT", hostType: "UNIX", language: "PYTHON311" });
      await writeFile(configFile, `${await readFile(configFile, "utf8")}\n${changes}`);
      const artifactFile = join(engine.directory, `${name}.json`);
      await buildPlugin({ configFile, artifactFile, typeCheck: false });
      return artifactFile;
    }

    it("are uploaded in a session of their version: a toolkit as upload-toolkit does, a plugin as dvp does", async () => {
      const { state, answer } = await speakAsClient<Uploaded>(engine, ann, ["upload-toolkit", toolkitFile]);
      expect([state, answer.job]).toEqual(["COMPLETED", null]);
      toolkit = answer.result;
      const python = await speakAsClient<Uploaded>(engine, ann, ["upload", await build("python", "")]);
      expect(python).toMatchObject({ state: "COMPLETED", answer: { job: null } });
      const { items } = await engine.client.plugins.list({});
      expect(items.map(({ kind, language }) => [kind, language])).toEqual([
        ["PLUGIN", "TYPESCRIPT"],
        ["TOOLKIT", "LUA"],
        ["PLUGIN", "PYTHON311"],
      ]);
    });

    it("are refused in a session of another version, with both versions named", async () => {
      const came = await speakAsClient<Refused>(engine, ann, ["upload-in", "1.9.0", toolkitFile]);
      expect(came).toMatchObject({ refused: 200, error: { id: "exception.opendvp.plugin.refused" } });
      expect(came.error["details"]).toMatch(/1\.11\.16.*1\.9\.0/);
    });

    it.each(["1.5.0", "1.6.0", "1.7.0", "1.8.0", "1.9.0", "1.10.0", "1.11.0", "1.11.16"])(
      "are translated from %s, the version that they were built for",
      async (version) => {
        const [major, minor, micro] = version.split(".").map(Number);
        const name = `old-${version.replaceAll(".", "-")}`;
        // Those of before 1.7 do not say what they were built for.
        const isMute = (minor ?? 0) < 7;
        const own = isMute ? OLD_TOOLKIT : { ...(await artifactOf(toolkitFile)), buildApi: { type: "APIVersion", major, minor, micro } };
        const { state, answer } = await speakAsClient<Uploaded>(engine, ann, [
          "upload-in",
          version,
          await written(`${name}.json`, { ...own, name }),
        ]);
        expect(state).toBe("COMPLETED");
        const [shown, deleted] = await call(`GET:toolkit/${answer.result}`, `POST:toolkit/${answer.result}/delete`);
        expect(shown?.result).toMatchObject({ type: "Toolkit", identifier: name, buildApi: { major: 1, minor: 11, micro: 16 } });
        expect(deleted?.end).toMatchObject({ state: "COMPLETED" });
      },
    );

    it.skipIf(!existsSync(RECORDED))(
      "are shown with the members of the recorded types (needs the reference beside the repository)",
      async () => {
        const { client } = engine;
        await engine.run(client.environments.refresh({ params: { environmentId: "this machine" } }));
        const { items } = await client.repositories.list();
        const repository_id = items.find(({ toolkit_id }) => toolkit_id === toolkit)?.id ?? "";
        const parameters = { name: "files", path: join(engine.directory, "source") };
        const { source_id } = await client.sources.add({ body: { repository_id, parameters } });
        await engine.run(client.dsources.linkAppdata({ body: { name: "files", source_id } }));
        const appdata_source_params = { mountPath: join(engine.directory, "copy"), mode: "shared" };
        const body = { name: "copy", source_data_id: "files", repository_id, appdata_source_params };
        await engine.run(client.vdbs.provisionBySnapshot({ body }));
        const answers = await call(
          ...["session", "about", "user/current", "toolkit", `toolkit/${toolkit}`, "action", "job?addEvents=true"].map(
            (path) => `GET:${path}`,
          ),
          `GET:toolkit/${toolkit}/listAllSources`,
          "POST:toolkit/requestUploadToken",
        );
        expect((answers[3]?.result as JsonObject[]).map(({ type }) => type)).toEqual(["Plugin", "Toolkit", "Plugin"]);
        const recorded = JSON.parse(readFileSync(RECORDED, "utf8")) as Record<string, JsonObject>;
        expect(missingMembers(answers as unknown as JsonObject[], recorded)).toEqual([]);
      },
    );

    it("have three log files each in a support bundle, and so in what dvp download-logs writes", async () => {
      const { items } = await engine.client.plugins.list({});
      const env = await dvpOnPath(engine);
      for (const { plugin_id: id, name } of items) {
        const target = join(engine.directory, `${name}-logs.tar.gz`);
        expect(await speakAsClient(engine, ann, ["download-logs", id, target])).toMatchObject({ type: "DataResult", status: 200 });
        await expectLogs(name, target);
        const config = join(engine.directory, name, "plugin_config.yml");
        const which = existsSync(config) ? ["-c", config] : ["--plugin", name];
        const printed = execFileSync("dvp", ["download-logs", ...which, "-d", join(engine.directory, "logs", name)], {
          env,
          encoding: "utf8",
        });
        await expectLogs(name, /^Wrote (.*)\.$/m.exec(printed)?.[1] ?? "");
      }
    });

    async function expectLogs(name: string, archive: string): Promise<void> {
      const directory = await mkdtemp(join(engine.directory, "unpacked-"));
      execFileSync("tar", ["-xzf", archive, "-C", directory]);
      const logs = join(directory, "log/mgmt_log/plugin_log", name);
      expect([name, (await readdir(logs)).sort()]).toEqual([name, LOGS]);
      const debug = await readFile(join(logs, "debug.log"), "utf8");
      expect([name, debug]).toEqual([name, expect.stringMatching(/ \[Worker-\d+\|JOB-\d+\|\w+\(UNIX_HOST_ENVIRONMENT-1\)\] /)]);
    }

    it("are upgraded by an upload with a job that clients poll: a toolkit becomes a plugin, its datasets stay up", async () => {
      const artifact = await build("files-plugin", 'luaName: direct-files\nminimumLuaVersion: "1.0"\n');
      const refused = await speakAsClient<Refused>(engine, ann, ["upload", artifact]);
      expect(refused).toMatchObject({ refused: 200, error: { id: "exception.toolkit.cannot.update.schema" } });
      expect(refused.error["details"]).toMatch(/^The parameters of copy \(APPDATA_CONTAINER-\d+\).*mode/);
      const config = join(engine.directory, "files-plugin/plugin_config.yml");
      const runner = join(engine.directory, "files-plugin/src/plugin_runner.py");
      const source = (await readFile(runner, "utf8")).replace("import Mount,", "import MigrationType, Mount,");
      const dropped = 'return {"mountPath": old_virtual_source["mountPath"]}';
      const taken = 'return {"takenAt": "2026-11-22T00:00:00Z"}';
      await writeFile(
        runner,
        `${source}\n\n@plugin.upgrade.virtual_source("1.0", MigrationType.LUA)\ndef copy_of(old_virtual_source):\n    ${dropped}\n` +
          `\n\n@plugin.upgrade.snapshot("1.0", MigrationType.LUA)\ndef snapshot_of(old_snapshot):\n    ${taken}\n`,
      );
      await buildPlugin({ configFile: config, artifactFile: artifact, typeCheck: false });
      const { state, answer, told } = await speakAsClient<Uploaded>(engine, ann, ["upload", artifact]);
      expect([state, answer.result, answer.job]).toEqual(["COMPLETED", toolkit, expect.stringMatching(/^JOB-\d+$/)]);
      expect([told?.at(0)?.[1], told?.at(-1)?.[1]]).toEqual(["event.job.started", "event.job.completed"]);
      const [shown] = await call(`GET:toolkit/${toolkit}`);
      expect(shown?.result).toMatchObject({ type: "Plugin", name: "files-plugin", language: "PYTHON311" });
      expect(await readFile(join(engine.directory, "copy/file"), "utf8")).toBe("of the source");
      await engine.run(engine.client.vdbs.refreshBySnapshot({ params: { vdbId: "copy" }, body: {} }));
      expect(await readFile(join(engine.directory, "copy/file"), "utf8")).toBe("of the source");
    });

    it("have all their sources disabled by an action that outlives the engine's process", async () => {
      const [disabled] = await call(`POST:toolkit/${toolkit}/disableAllSources`);
      const action = String(disabled?.action);
      expect(disabled).toMatchObject({ type: "OKResult", job: null, end: { state: "COMPLETED" } });
      expect(existsSync(join(engine.directory, "copy/file"))).toBe(false);
      await engine.restart();
      const [still, parts] = await call(`GET:action/${action}`, `GET:action?parentAction=${action}`);
      expect(still?.result).toMatchObject({ reference: action, state: "COMPLETED", actionType: "PLUGIN_DISABLE_ALL_SOURCES" });
      expect(parts?.result).toMatchObject([{ parentAction: action, actionType: "SOURCE_DISABLE" }, { parentAction: action }]);
      const [sources] = await call(`POST:toolkit/${toolkit}/listAllSources`);
      expect(sources?.result).toMatchObject([{ runtime: { enabled: "DISABLED" } }, { runtime: { enabled: "DISABLED" } }]);
      expect(typescript.plugin).not.toBe(toolkit);
    });
  },
);
