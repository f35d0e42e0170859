import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import type { UpgradePreview } from "@opendvp/contract";
import { HAS_SEEDS, luaFieldRows, mainJsonWithSchemas, seed } from "@opendvp/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { nameInterpreter, startEngineUnderTest, uploadArtifact, type EngineUnderTest } from "../engine-under-test/index.ts";
import { changedArtifact } from "./changed-artifact.ts";
import { buildDelphixdbPlugin, buildDelphixdbToolkit } from "./delphixdb-builds.ts";
import { FOLLOWER, followingConfig } from "./following-plugin.ts";
import { dvp, type Ran } from "./upload-toolkit.ts";

const ID = "ea009cb4-f76b-46dc-bbb6-689e7acecce4";
const OTHER_ID = "16bef554-9470-11e9-b2e3-8c8590d4a42c";
const WITHOUT_LUA_NAME = { luaName: undefined, minimumLuaVersion: undefined };

/** The sentences are titles; each test fails where the document says something else. */
describe.skipIf(!HAS_SEEDS || FOLLOWER.interpreter === undefined)(
  "id and luaName of plugins, and name of toolkits (need ../shared and Python)",
  { timeout: 60_000 },
  () => {
    let engine: EngineUnderTest;
    let toolkit: string;
    let plugin: string;

    beforeAll(async () => {
      engine = await startEngineUnderTest({ storage: "copy" });
      await nameInterpreter(engine, FOLLOWER.language, FOLLOWER.interpreter ?? "");
      toolkit = await buildDelphixdbToolkit(mainJsonWithSchemas(), join(engine.directory, "toolkit"));
      plugin = await buildDelphixdbPlugin(followingConfig(), join(engine.directory, "plugin"));
    });
    afterAll(() => engine[Symbol.asyncDispose]());
    beforeEach(async () => {
      for (const { id } of await listAll((query) => engine.client.plugins.list({ query }))) {
        await engine.client.plugins.delete({ params: { pluginId: id } });
      }
    });

    const says = (sentence: string): void => {
      expect(seed("minimumLuaVersion")).toContain(sentence);
    };
    const upload = (file: string): Promise<Ran> => dvp(engine, "upload", "-a", file);
    const accept = (file: string) => uploadArtifact(engine, file);
    const refuse = async (file: string, reason: string | RegExp): Promise<void> => {
      const before = await installed();
      const { exitCode, err } = await upload(file);
      expect(exitCode).toBe(1);
      expect(err).toMatch(reason);
      expect(await installed()).toEqual(before);
    };
    const installed = async (): Promise<readonly string[]> =>
      (await listAll((query) => engine.client.plugins.list({ query })))
        .map(({ plugin_id, build_number }) => `${plugin_id} ${build_number}`)
        .sort();

    it("The luaName will be used to determine if an already uploaded Lua toolkit is considered a lower version of the Pyhon plugin being uploaded.", async () => {
      says(
        "The luaName will be used to determine if an already uploaded Lua toolkit is considered a lower version of the Pyhon plugin being uploaded.",
      );
      await accept(toolkit);
      const { out } = await dvp(engine, "plugin", "upgrade", "--check", plugin, "--json");
      expect((JSON.parse(out) as UpgradePreview).installed).toMatchObject([{ name: "delphixdb", build_number: "1.0.0" }]);
      expect(await upload(plugin)).toMatchObject({ exitCode: 0 });
      expect(await installed()).toEqual([`${ID} 2`]);
      await refuse(toolkit, /Toolkit delphixdb is a lower version of the installed plugin DelphixDB 2, whose luaName it is\./);
      await refuse(await changedArtifact(toolkit, "higher", { version: "7.0.0" }), /is a lower version of the installed plugin/);
    });

    it("If the luaName is not set then no Lua toolkit will be upgraded.", async () => {
      says("If the luaName is not set then no Lua toolkit will be upgraded.");
      await accept(toolkit);
      await accept(await changedArtifact(plugin, "without", WITHOUT_LUA_NAME));
      expect(await installed()).toEqual(["delphixdb 1.0.0", `${ID} 2`]);
    });

    it('luaName and minimumLuaVersion, Required N: a plugin is built without them; they are "needed to migrate" a toolkit', async () => {
      says("The following fields described are the ones needed to migrate Lua toolkits to Python plugins.");
      expect([...luaFieldRows().values()].map(({ required }) => required)).toEqual(["N", "N"]);
      const config = followingConfig().replace(/^(luaName|minimumLuaVersion):.*\n/gm, "");
      const without = await buildDelphixdbPlugin(config, join(engine.directory, "without-both"));
      const members = Object.keys(JSON.parse(await readFile(without, "utf8")) as object);
      expect(members.filter((member) => /lua/i.test(member))).toEqual([]);
      await accept(toolkit);
      await accept(without);
      expect(await installed()).toEqual(["delphixdb 1.0.0", `${ID} 2`]);
      await accept(plugin);
      expect(await installed()).toEqual([`${ID} 2`]);
    });

    it('luaName: "The name of the Lua toolkit", not what it is displayed as', async () => {
      says("The name of the Lua toolkit this plugin should upgrade from.");
      await accept(toolkit);
      const namesakes = { name: "other-toolkit", prettyName: "DelphixDB" };
      await accept(await changedArtifact(toolkit, "displayed-alike", namesakes));
      await accept(plugin);
      expect(await installed()).toEqual([`${ID} 2`, "other-toolkit 1.0.0"]);
    });

    it("If the id of the plugin being uploaded happens to match the name in the Lua toolkit already installed on the Delphix Engine, the upload will fail regardless of what the luaName is.", async () => {
      says(
        "If the id of the plugin being uploaded happens to match the name in the Lua toolkit already installed on the Delphix Engine, the upload will fail regardless of what the luaName is.",
      );
      await accept(await changedArtifact(toolkit, "namesake", { name: ID }));
      const reason = /The id of plugin DelphixDB, ea009cb4-\S+, is the name of an installed toolkit\./;
      await refuse(plugin, reason);
      await refuse(await changedArtifact(plugin, "without", WITHOUT_LUA_NAME), reason);
      await refuse(await changedArtifact(plugin, "itself", { luaName: ID, minimumLuaVersion: "1.0" }), reason);
    });

    it("When uploading a plugin with the luaName set, that luaName and id pair will be the only pair uploaded successfully. Uploading a new plugin with the same luaName but different id will fail.", async () => {
      says(
        "When uploading a plugin with the luaName set, that luaName and id pair will be the only pair uploaded successfully. Uploading a new plugin with the same luaName but different id will fail.",
      );
      const other = await changedArtifact(plugin, "other-id", { pluginId: OTHER_ID, name: "Other" });
      await accept(plugin);
      await refuse(other, /The luaName delphixdb belongs to the installed plugin DelphixDB with id ea009cb4-/);
      await refuse(
        await changedArtifact(plugin, "other-name", { luaName: "other-toolkit", buildNumber: "3" }),
        /was uploaded with the luaName delphixdb/,
      );
      await accept(plugin);
      await accept(await changedArtifact(plugin, "dropped", { ...WITHOUT_LUA_NAME, buildNumber: "3" }));
      await refuse(other, /The luaName delphixdb belongs to the installed plugin/);
      await engine.client.plugins.delete({ params: { pluginId: "DelphixDB" } });
      await accept(other);
      expect(await installed()).toEqual([`${OTHER_ID} 2`]);
    });

    it("minimumLuaVersion: The lowest major minor version of the Lua toolkit that upgrade is supported from.", async () => {
      says("The lowest major minor version of the Lua toolkit that upgrade is supported from.");
      await accept(await changedArtifact(toolkit, "old", { version: "0.9.7" }));
      await refuse(plugin, /Plugin DelphixDB 2 upgrades toolkit delphixdb from version 1\.0 on; 0\.9\.7 is installed\./);
    });

    it("minimumLuaVersion counts major and minor alone: a patch is called by any word", async () => {
      await accept(await changedArtifact(toolkit, "patch", { version: "1.0.DLPX_HOTFIX-123" }));
      await accept(plugin);
      expect(await installed()).toEqual([`${ID} 2`]);
    });

    it.each([
      ["luaName", "This field is required if the minimumLuaVersion is defined."],
      ["minimumLuaVersion", "This field is required if the luaName is defined."],
    ])("%s: %s", async (field, sentence) => {
      says(sentence);
      const config = followingConfig().replace(new RegExp(`^${field}:.*\n`, "m"), "");
      await expect(buildDelphixdbPlugin(config, join(engine.directory, `without-${field}`))).rejects.toMatchObject({
        code: "PLUGIN_INVALID",
        message: expect.stringContaining(field) as string,
      });
    });
  },
);
