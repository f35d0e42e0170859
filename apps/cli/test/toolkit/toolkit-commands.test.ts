import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { createBuildToolkit } from "../../src/index.ts";
import { quoteSeed, toolkitDirectory, toolkitFiles } from "@opendvp/testkit";
import { createDvp } from "../dvp.ts";
import { runHere } from "./run-here.ts";

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "dvp-toolkit-out-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

describe("dvp toolkit", () => {
  it("builds an artifact beside main.json, or where it is told", async () => {
    const { dvp } = await createDvp();
    const directory = await toolkitDirectory(toolkitFiles());
    const ran = await dvp("toolkit", "build", directory);
    expect([ran.exitCode, ran.err]).toEqual([0, ""]);
    expect(ran.out).toMatch(/^Built acme-files 1\.0\.0: \S+\/acme-files\/artifact\.json, \d\.\d KiB, 8 operations\.\n$/);
    const elsewhere = join(await emptyDirectory(), "mine.json");
    const json = (await dvp("toolkit", "build", directory, "-a", elsewhere, "--json")).json();
    expect(json).toMatchObject({ artifact: { file: elsewhere }, parts: { name: "acme-files" } });
    expect(await readFile(elsewhere, "utf8")).toBe(await readFile(join(directory, "artifact.json"), "utf8"));
    const impossible = [
      ["/proc/mine.json", "/proc/mine.json cannot be used: it, or its directory, does not exist."],
      ["/etc/passwd/mine.json", "/etc/passwd cannot be used: it is no directory."],
    ] as const;
    for (const [file, why] of impossible) {
      const refused = await dvp("toolkit", "build", directory, "-a", file);
      expect([refused.exitCode, refused.err]).toEqual([2, expect.stringContaining(`The file ${why}`)]);
    }
  });

  it("checks without writing, and explains every problem with file and line", async () => {
    const { dvp } = await createDvp();
    const good = await dvp("toolkit", "check", await toolkitDirectory(toolkitFiles({ "virtual/strat.lua": "" })));
    expect([good.exitCode, good.out]).toEqual([0, "acme-files 1.0.0 is in order: 8 operations.\n"]);
    expect(good.err).toMatch(
      /^Warning: virtual\/strat\.lua: is no script that the engine calls, and is left out\. Did you mean start\.lua\?\n$/,
    );
    const directory = await toolkitDirectory(toolkitFiles({ "virtual/start.lua": "\nx = = 1" }, { version: "1" }));
    const bad = await dvp("toolkit", "check", directory);
    expect([bad.exitCode, bad.out]).toEqual([1, ""]);
    expect(bad.err).toMatch(/^Error: virtual\/start\.lua:2: is no valid Lua: [^]*\nmain\.json:5: version: must have the form/);
    await expect(readFile(join(directory, "artifact.json"))).rejects.toThrow("ENOENT");
    const refused = [
      ["/nowhere", "it does not exist"],
      [join(directory, "main.json"), "it is no directory"],
      [join(directory, "virtual"), "it has no main.json"],
    ] as const;
    for (const [place, why] of refused) {
      const err = expect.stringContaining(`There is no toolkit in ${place}: ${why}.`);
      expect(await dvp("toolkit", "check", place)).toMatchObject({ exitCode: 3, err });
    }
  });

  it("uploads by the same route as plugins", async () => {
    const { dvp, home } = await createDvp();
    await writeFile(join(home, "acme.json"), '{"name":"acme"}');
    expect(await dvp("toolkit", "upload", join(home, "acme.json"))).toMatchObject({
      exitCode: 0,
      out: "Installed as APPDATA_TOOLKIT-2.\n",
    });
    expect(await dvp("toolkit", "upload", "/nowhere.json")).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("Make it with `dvp toolkit build`"),
    });
  });
});

describe("build-toolkit", () => {
  const buildToolkit = (...args: string[]): ReturnType<typeof runHere> => runHere(createBuildToolkit, args);

  it("takes the toolkit's directory, or the one that it lies in, and writes where it is told", async () => {
    const directory = await toolkitDirectory(toolkitFiles());
    const out = await emptyDirectory();
    expect(await buildToolkit(directory, "acme-files", join(out, "a.json"))).toMatchObject({ exitCode: 0, err: "" });
    expect(await buildToolkit(join(directory, ".."), "acme-files", out)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining(join(out, "acme-files.json")),
    });
    expect(await readFile(join(out, "acme-files.json"), "utf8")).toBe(await readFile(join(out, "a.json"), "utf8"));
  });

  it("refuses a name that is not the toolkit's, and tells every problem", async () => {
    const directory = await toolkitDirectory(toolkitFiles());
    const out = join(await emptyDirectory(), "a.json");
    expect(await buildToolkit(directory, "other", out)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("is called acme-files, not other"),
    });
    expect(await buildToolkit(join(directory, ".."), "other", out)).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining(`neither ${join(directory, "..", "other")} nor ${join(directory, "..")} has a main.json`),
    });
    const broken = await toolkitDirectory(toolkitFiles({}, { version: "1" }));
    expect(await buildToolkit(broken, "acme-files", out)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining("main.json:5: version"),
    });
    await expect(readFile(out)).rejects.toThrow("ENOENT");
    expect(await buildToolkit(directory, "acme-files")).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("See `build-toolkit --help`"),
    });
  });

  it("is a program of its own, as upload-toolkit is, and adds the build API to what it makes of main.json, which itself stays as it is", async () => {
    const program = (name: string, args: readonly string[]): Promise<{ code: number; out: string; err: string }> =>
      new Promise((resolve) => {
        const main = fileURLToPath(new URL(`../../bin/${name}.mjs`, import.meta.url));
        execFile(process.execPath, [main, ...args], (error, out, err) => {
          resolve({ code: error === null ? 0 : Number(error.code), out, err });
        });
      });
    const directory = await toolkitDirectory(toolkitFiles());
    await mkdir(join(directory, "out"));
    const [build, upload] = await Promise.all([
      program("build-toolkit", [directory, "acme-files", join(directory, "out")]),
      program("upload-toolkit", []),
    ]);
    expect([build.code, build.err, build.out]).toEqual([0, "", expect.stringMatching(/^Built acme-files 1\.0\.0/)]);
    expect([upload.code, upload.out]).toEqual([2, ""]);
    quoteSeed("It is added to the main.json file by the build-toolkit.py file.");
    expect(JSON.parse(await readFile(join(directory, "main.json"), "utf8"))).not.toHaveProperty("buildApi");
    expect(JSON.parse(await readFile(join(directory, "out/acme-files.json"), "utf8"))).toMatchObject({
      buildApi: { type: "APIVersion", major: 1, minor: 11, micro: 16 },
    });
  });
});
