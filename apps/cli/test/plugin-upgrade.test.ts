import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Ask } from "@opendvp/core";
import { describe, expect, it } from "vitest";
import { createDvp, type Ran } from "./dvp.ts";

const INSTALLED = [{ reference: "APPDATA_TOOLKIT-1", name: "directory", buildNumber: "1.0" }];
const VALUE = {
  object: "APPDATA_CONTAINER-2",
  name: "vdb1",
  kind: "virtualSource",
  what: "The parameters of vdb1 (APPDATA_CONTAINER-2)",
  migrations: ["Lua 1.0", "2.0"],
  isChanged: true,
  exposed: [],
};
const ERROR = { code: "PLUGIN_RESULT_INVALID", message: "The parameters of vdb1 do not fit.", action: "Report it.", details: {} };

async function upgrade(preview: object, ...options: string[]): Promise<Ran> {
  const { dvp, home } = await createDvp();
  const artifact = join(home, "artifact.json");
  await writeFile(artifact, JSON.stringify({ name: "directory", ...preview }));
  return dvp("plugin", "upgrade", artifact, ...options);
}

describe("dvp plugin upgrade", () => {
  it("says with --check what would happen to every object", async () => {
    const { out, exitCode } = await upgrade({ installed: INSTALLED, values: [VALUE] }, "--check");
    expect(exitCode).toBe(0);
    expect(out).toBe(
      [
        "directory 1.0 (APPDATA_TOOLKIT-1) would become directory 2.0.",
        "",
        "OUTCOME  MIGRATIONS    WHAT",
        "changed  Lua 1.0, 2.0  The parameters of vdb1 (APPDATA_CONTAINER-2)",
        "",
        "1 value: 1 changed. This was a check: nothing is changed.",
        "",
      ].join("\n"),
    );
  });

  it("says by its exit code that something does not fit, after all that it has found", async () => {
    const values = [VALUE, { ...VALUE, error: ERROR }, { ...VALUE, isChanged: false, error: ERROR }];
    const { out, err, exitCode } = await upgrade({ installed: INSTALLED, values }, "--check");
    expect(exitCode).toBe(1);
    expect(out).toContain("Why:\n  The parameters of vdb1 do not fit.\n");
    expect(out).toContain("3 values: 1 changed, 2 do not fit. This was a check: nothing is changed.");
    expect(err).toMatch(/^Error: The parameters of vdb1 do not fit\. 1 other value cannot be upgraded either\.\nReport it\./);
  });

  it("tells a migration that fails from an outcome that does not fit", async () => {
    const failure = { ...ERROR, code: "PLUGIN_BUG", message: "Migration 2.0: KeyError.", details: { migration: "2.0" } };
    const slow = { ...ERROR, code: "PLUGIN_LIMIT", message: "It cannot be checked within 2 s." };
    const values = [failure, ERROR, slow].map((error) => ({ ...VALUE, isChanged: false, error }));
    const { out, err, exitCode } = await upgrade({ installed: INSTALLED, values }, "--check");
    expect(exitCode).toBe(1);
    expect(out.split("\n").flatMap((line) => /^(.*?) {2,}Lua 1\.0/.exec(line)?.[1] ?? [])).toEqual(["failed", "does not fit", "failed"]);
    expect(out).toContain("3 values: 1 does not fit, 2 failed. This was a check: nothing is changed.");
    expect(err).toMatch(/^Error: Migration 2\.0: KeyError\. 2 other values cannot be upgraded either\./);
  });

  it("says what stands in the way before any value is looked at, and that there is none", async () => {
    const refused = await upgrade(
      { installed: INSTALLED, error: { ...ERROR, code: "PLUGIN_REFUSED", message: "It is older." } },
      "--check",
    );
    expect(refused).toMatchObject({ exitCode: 1, out: "directory 1.0 (APPDATA_TOOLKIT-1) cannot become directory 2.0.\n" });
    const idle = await upgrade({ installed: INSTALLED }, "--check");
    expect(idle).toMatchObject({ exitCode: 0, out: "directory 1.0 (APPDATA_TOOLKIT-1) would become directory 2.0. It has no objects.\n" });
  });

  it("upgrades nothing that does not fit, or that is not there", async () => {
    expect(await upgrade({ installed: INSTALLED, values: [{ ...VALUE, error: ERROR }] })).toMatchObject({ exitCode: 1, out: "" });
    expect(await upgrade({})).toMatchObject({ exitCode: 3, out: "" });
  });

  it("makes no password readable unless somebody says so", async () => {
    const preview = { installed: INSTALLED, values: [{ ...VALUE, exposed: ["token"] }] };
    const asked = await upgrade(preview);
    expect(asked).toMatchObject({ exitCode: 2, out: "" });
    expect(asked.err).toContain("Readable for everybody: token of The parameters of vdb1");
    expect((await upgrade(preview, "--check")).out).toMatch(/exposes a password .*\(APPDATA_CONTAINER-2\): readable from then on: token/);
    expect((await upgrade(preview, "--expose-passwords")).out).toContain("Installed as");
  });
});

describe("dvp upload", () => {
  it("tells each warning once: the job that it follows does, and where it follows none, the answer", async () => {
    const { dvp, home, engine } = await createDvp();
    const artifact = join(home, "artifact.json");
    await writeFile(artifact, "{}");
    const upload = (_artifact: Uint8Array, ask: Ask) => {
      const work = { workflow: "plugin-upgrade", title: "Upgrade acme", target: "APPDATA_TOOLKIT-1", targetName: "acme" } as const;
      const { job, action } = engine.jobs.start(ask, work);
      engine.jobs.tell(job, "colour is unknown");
      return Promise.resolve({ action, job, plugin: "APPDATA_TOOLKIT-1", warnings: ["colour is unknown"] });
    };
    Object.assign(engine, { plugins: { ...engine.plugins, upload } });
    for (const options of [[], ["--no-wait"]]) {
      const { err, exitCode } = await dvp("upload", "-a", artifact, ...options);
      expect([exitCode, err.split("colour is unknown")]).toEqual([0, [expect.anything(), expect.anything()]]);
    }
  });
});

describe("dvp plugin activate", () => {
  it("upgrades the objects of an inactive version and waits for that", async () => {
    const { dvp, engine } = await createDvp();
    const [plugin] = engine.objects.plugins.all;
    if (plugin === undefined) throw new Error("the seeded engine has a plugin");
    engine.objects.plugins.put({ ...plugin, reference: "APPDATA_TOOLKIT-9", buildNumber: "0.5", status: "INACTIVE" });
    const { out, exitCode } = await dvp("plugin", "activate", plugin.name, "--expose-passwords");
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/^Activate APPDATA_TOOLKIT-9: done in/)]);
    expect(engine.asked.at(-1)).toMatchObject({ what: "plugins.activate", input: ["APPDATA_TOOLKIT-9", { mayExpose: true }] });
    expect((await dvp("plugin", "list")).out).toMatch(/directory +APPDATA_TOOLKIT-9 .*INACTIVE/);
  });
});
