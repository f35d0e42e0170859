import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcess } from "@opendvp/subprocess";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EngineUnderTest, isRoot, startEngineUnderTest } from "../engine-under-test/index.ts";
import { argumentsFor } from "./arguments-for.ts";
import { commandTree, type Leaf, type Place } from "./command-tree.ts";
import { dvpHere } from "./dvp-here.ts";
import { engineState, listed } from "./engine-state.ts";
import { expectRefusal } from "./expect-refusal.ts";
import { hostileWords } from "./hostile-words.ts";
import { type KnownWords, knownWords } from "./known-words.ts";

/** What may be any text: what somebody writes about a thing or calls it, and where a command writes. Such a word may do. */
const FREE_PLACEHOLDERS: ReadonlySet<string> = new Set(["text", "name", "new-name"]);
const FREE_PLACES: ReadonlySet<string> = new Set([
  "init --root-dir",
  "download-logs --directory",
  // Not read where the plugin itself is named.
  "download-logs --plugin-config",
  // Where no engine runs, none is left to stop.
  "engine stop --data-dir",
  // The record outlives whom and what it names.
  "action list --user",
  "action list --target",
]);
/** Stands for the engine's program, which is tried with the real one apart: it takes its time. */
const NO_ENGINE = "/bin/false";

function mayBeAnything(leaf: Leaf, place: Place): boolean {
  return FREE_PLACEHOLDERS.has(place.placeholder) || FREE_PLACES.has(`${leaf.path} ${place.option ?? ""}`);
}

const COMMANDS = commandTree().map((leaf, index) => ({ ...leaf, serial: 100 * index }));
const MAIN = fileURLToPath(new URL("../../apps/cli/bin/dvp.mjs", import.meta.url));
const FORMER_DIRECTORY = process.cwd();

describe("dvp, given what cannot be meant,", () => {
  let engine: EngineUnderTest;
  let known: KnownWords;
  let env: Readonly<Record<string, string>>;
  let before: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: isRoot ? "embedded:1G" : "copy" });
    known = await knownWords(engine);
    const { token } = await engine.client.apiKeys.create({ body: { name: "of the tests" } });
    await freshWorkDirectory("home");
    env = {
      HOME: process.cwd(),
      PATH: process.env["PATH"] ?? "",
      DVP_ENGINE: engine.client.address,
      DVP_API_KEY: token,
      OPENDVP_ENGINE: NO_ENGINE,
    };
    before = await engineState(engine);
  });
  afterAll(async () => {
    process.chdir(FORMER_DIRECTORY);
    await engine[Symbol.asyncDispose]();
  });

  /** Commands write where they are told to: paths that lead upwards stay below the test's directory. */
  async function freshWorkDirectory(name: string): Promise<void> {
    const directory = join(engine.directory, "work", name, "one/two/three/four/five");
    await mkdir(directory, { recursive: true });
    process.chdir(directory);
  }

  async function refused(args: readonly string[]): Promise<void> {
    expectRefusal(await dvpHere(env, args));
  }

  async function unchanged(): Promise<void> {
    expect(await engineState(engine)).toEqual(before);
  }

  it("has something to lose", () => {
    for (const noun of ["environments", "repositories", "sources", "dsources", "vdbs", "snapshots", "timeflows", "plugins", "pools"]) {
      expect([noun, listed(before, noun).length > 0]).toEqual([noun, true]);
    }
    expect(COMMANDS.length).toBeGreaterThan(60);
  });

  it.each(COMMANDS)("refuses it at every place of $path, and changes nothing", { timeout: 60_000 }, async (leaf) => {
    await freshWorkDirectory(leaf.path);
    await refused([...leaf.path.split(" "), "--no-such-option"]);
    await refused([...argumentsFor(leaf, known, { place: NOWHERE }), "one", "too", "many"]);
    for (const [index, place] of leaf.places.entries()) {
      if (place.isNeeded && place.option === undefined) await refused(leaf.path.split(" "));
      else if (place.isNeeded) await refused(argumentsFor(leaf, known, { place }));
      if (place.option !== undefined) await refused([...argumentsFor(leaf, known, { place }), place.option]);
      await giveHostileWords(leaf, place, leaf.serial + index);
    }
    await unchanged();
    expect(await readdir(".", { recursive: true })).not.toContain("pwned");
  });

  async function giveHostileWords(leaf: Leaf, place: Place, serial: number): Promise<void> {
    const isFree = mayBeAnything(leaf, place);
    // What succeeds may change something: nothing before it did.
    if (isFree) await unchanged();
    for (const [index, word] of Object.values(hostileWords(serial)).entries()) {
      const args = argumentsFor(leaf, known, { place, word });
      const ran = await dvpHere(env, index % 2 === 0 ? args : [...args, "--json"]);
      if (!isFree || ran.exitCode !== 0) expectRefusal(ran);
    }
    if (isFree) before = await engineState(engine);
  }

  it("refuses whatever text stands for whatever object", { timeout: 60_000 }, async () => {
    const named = COMMANDS.flatMap((leaf) =>
      leaf.places.filter((place) => isOfAnObject(place) && !mayBeAnything(leaf, place)).map((place) => ({ leaf, place })),
    );
    const text = fc.oneof(
      fc.string({ unit: "binary", minLength: 1 }),
      fc.string({ minLength: 1 }),
      fc.constantFrom(".", "..", "%2e", "a/b"),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...named), text, async ({ leaf, place }, word) => {
        await refused(argumentsFor(leaf, known, { place, word: `${word}\u2063` }));
      }),
      { numRuns: 400 },
    );
    await unchanged();
  });

  it.each([
    ["vdb", "show", "one\ntwo"],
    ["vdb", "show", "x".repeat(100_000)],
    ["vdb", "shw", "--json"],
    ["vdb", "provision", "../..", "--from", "tree", "--param", "mountPath=/etc"],
    ["engine", "start", "--data-dir", "engine", "--storage", "no-such-driver:/nowhere"],
    ["engine", "start", "--data-dir", "engine", "--storage", "copy:pool", "--listen", "nowhere"],
    ["engine", "start", "--data-dir", "/proc/self/no-such-place", "--storage", "copy:pool"],
  ])("refuses it as the program that is shipped, with the engine that is: %s %s", async (...args) => {
    await freshWorkDirectory("program");
    const { OPENDVP_ENGINE: _, ...own } = env;
    const { exitCode, stdout, stderr } = await runProcess({ file: process.execPath, args: [MAIN, ...args], env: own, cwd: process.cwd() });
    expectRefusal({ args, exitCode, out: stdout, err: stderr });
    await unchanged();
  });

  describe("as a mount point,", () => {
    const SYSTEM = [
      "/",
      "/bin",
      "/boot",
      "/dev/shm/x",
      "/etc",
      "/etc/opendvp",
      "/home",
      "/lib",
      "/proc",
      "/proc/1",
      "/root",
      "/run",
      "/sys",
    ];
    const ODD = [
      "",
      "relative",
      "../..",
      "/mnt/../etc",
      "//etc",
      "/usr/",
      "/tmp",
      "/usr/share/x",
      "/var",
      "/var/lib",
      "/x\ny",
      `/${"x".repeat(300)}`,
    ];

    it.each([
      ["provision", "--from", "dsource"],
      ["create-empty", "--repository", "repository"],
    ])("vdb %s refuses directories of the system and occupied ones", { timeout: 60_000 }, async (verb, option, noun) => {
      const occupied = ["occupied", "source", "copy", "engine", "artifact.json", "occupied/a file/below"];
      for (const [index, path] of [...SYSTEM, ...ODD, ...occupied.map((name) => join(engine.directory, name))].entries()) {
        await refused(["vdb", verb, `mounted-${index}`, option, known[noun] ?? "", "--param", `mountPath=${path}`]);
        await refused(["vdb", verb, `mounted-${index}`, option, known[noun] ?? "", "--params", JSON.stringify({ mountPath: path })]);
      }
      await unchanged();
    });
  });
});

const NOWHERE: Place = { placeholder: "", isNeeded: false };
const OBJECTS: ReadonlySet<string> = new Set(
  "environment repository source dsource vdb dataset snapshot timeflow plugin pool job fault user apikey".split(" "),
);

function isOfAnObject({ placeholder }: Place): boolean {
  return OBJECTS.has(placeholder);
}
