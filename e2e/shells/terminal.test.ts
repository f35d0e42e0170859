import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EngineUnderTest, type InstalledPlugin, installPlugin, isRoot, startEngineUnderTest } from "../engine-under-test/index.ts";
import { dvpOnPath } from "./dvp-program.ts";
import { isInstalled } from "./installed.ts";
import { SHELLS_UNDER_TEST } from "./shells.ts";
import { KEYS, onTerminal, readable, type TerminalSession } from "./on-terminal.ts";

type Dialogue = readonly (readonly [string, string])[];

/** Names that a shell would make something of. */
const SPACED = "two words";
const TRAP = "cash $(touch pwned) `touch pwned` it's";

/** What is typed before the tabulator, and the words that the shell then has. */
const COMPLETIONS = [
  { what: "a noun", typed: "dvp snaps", expected: "snapshot" },
  { what: "a verb", typed: "dvp vdb provis", expected: "vdb|provision" },
  { what: "an option", typed: "dvp dsource sync x --res", expected: "dsource|sync|x|--resync" },
  { what: "the value of an option", typed: "dvp user add x --role oper", expected: "user|add|x|--role|operator" },
  { what: "the name of an object", typed: "dvp dsource show two", expected: "dsource|show|two words" },
  { what: "a name that has been begun with a blank", typed: "dvp dsource show two\\ wo", expected: "dsource|show|two words" },
  { what: "a name in quotes", typed: 'dvp dsource show "two wo', expected: "dsource|show|two words" },
  { what: "a name that a shell would run, as it is", typed: "dvp dsource show ca", expected: `dsource|show|${TRAP}` },
];

const hasTerminal = isInstalled("expect");

describe.skipIf(!hasTerminal)("dvp on a terminal", { timeout: 60_000 }, () => {
  let engine: EngineUnderTest;
  let env: Readonly<Record<string, string>>;
  let plugin: InstalledPlugin;
  let source: string;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: isRoot ? "embedded:1G" : "copy" });
    env = await dvpOnPath(engine);
    await mkdir(join(engine.directory, "source"));
    await writeFile(join(engine.directory, "source/file"), "content");
    plugin = await installPlugin(engine, "directory");
    source = await plugin.addSource(join(engine.directory, "source"));
    for (const name of [SPACED, TRAP]) await engine.run(engine.client.dsources.linkAppdata({ body: { name, source_id: source } }));
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const dvp = (args: readonly string[], dialogue: Dialogue = [], more: Record<string, string> = {}): Promise<TerminalSession> =>
    onTerminal({ program: ["dvp", ...args], env: { ...env, ...more }, dialogue });

  it.each([
    ["user", addUser, "Delete the user"],
    ["source", addSource, "Delete the source"],
    ["dsource", addDSource, "Delete the dSource"],
    ["vdb", addVdb, "Delete the VDB"],
    ["snapshot", addSnapshot, "Delete the snapshot"],
  ] as const)("deletes a %s for a yes alone", async (noun, add, question) => {
    const command = [noun, "delete", await add()];
    for (const answer of ["n", KEYS.enter, KEYS.interrupt]) {
      const { exitCode, screen } = await dvp(command, [[question, answer]]);
      expect([exitCode, readable(screen)]).toEqual([6, expect.stringMatching(/\nError: Nothing was done\.\n {2}code: CANCELED\n$/)]);
      // The prompt hides the cursor, and brings it back.
      expect(screen.lastIndexOf("\u001B[?25h")).toBeGreaterThan(screen.lastIndexOf("\u001B[?25l"));
    }
    const alone = await runProcess({ file: "dvp", args: command, env });
    expect([alone.exitCode, alone.stderr]).toEqual([
      2,
      expect.stringMatching(/Nobody can be asked here: Delete [^]*\nSay --yes if you mean it\./),
    ]);
    const yes = await dvp(command, [[question, "y"]]);
    expect([yes.exitCode, readable(yes.screen)]).toEqual([0, expect.stringMatching(/deleted|done/)]);
    expect((await dvp(command)).exitCode).toBe(3);
  });

  it("asks for passwords without showing them", async () => {
    const password = "a-password-to-hide";
    const added = await dvp(["user", "add", "ada"], [["Password of ada", password + KEYS.enter]]);
    expect([added.exitCode, readable(added.screen)]).toEqual([0, expect.stringContaining("Added ada")]);
    const login = ["login", "--user", "ada"];
    const right = await dvp(login, [["Password of ada", password + KEYS.enter]]);
    expect([right.exitCode, readable(right.screen)]).toEqual([0, expect.stringContaining("Logged in to")]);
    const wrong = await dvp(login, [["Password of ada", `not-it${KEYS.enter}`]]);
    expect(wrong.exitCode).toBe(5);
    const interrupted = await dvp(login, [["Password of ada", KEYS.interrupt]]);
    expect([interrupted.exitCode, readable(interrupted.screen)]).toEqual([6, expect.stringContaining("Nothing was done.")]);
    const alone = await runProcess({ file: "dvp", args: login, env });
    expect([alone.exitCode, alone.stderr]).toEqual([2, expect.stringContaining("Give the password with --password-stdin")]);
    for (const { screen } of [added, right, wrong]) expect(screen).not.toMatch(/a-password-to-hide|not-it/);
  });

  it("uses no colour where NO_COLOR is set", async () => {
    const asked = await dvp(["user", "delete", await addUser()], [["Delete the user", "n"]], { NO_COLOR: "1" });
    expect(asked.screen).not.toMatch(/\u001B\[[0-9;]*[1-9][0-9;]*m/);
  });

  it.each([40, 100])("shows in one line what a job is at, %i columns wide, and its failure once", async (columns) => {
    const name = `copy-${columns}`;
    const mount = `mountPath=${join(engine.directory, name)}`;
    const hook = "configure-clone=sleep 1; echo no luck >&2; exit 3";
    const args = ["vdb", "provision", name, "--from", SPACED, "--param", mount, "--hook", hook];
    const { exitCode, screen } = await onTerminal({ program: ["dvp", ...args], env, columns });
    expect(exitCode).toBe(1);
    const [drawn, told = ""] = [screen.split("\r\u001B[2K").slice(1, -1), screen.split("\r\u001B[2K").at(-1)];
    // The signs that live, and the ellipsis, take one column each, as all else here does.
    expect(drawn.filter((line) => line.length >= columns || line.includes("\n"))).toEqual([]);
    expect(drawn.join("\n")).toMatch(/^\S Provision c.*: hook .* \d+ %$/m);
    expect(told).toMatch(/^Error: Hook .* ended with exit code 3\.\r\n/);
    expect(screen.split("ended with exit code 3").length).toBe(2);
  });

  describe.each(SHELLS_UNDER_TEST)("in $name", (shell) => {
    // One shell completes them all, as its user's does: starting one for each takes longer than what is tested.
    let said: readonly string[] = [];
    beforeAll(async () => {
      if (!isInstalled(shell.name)) return;
      const { screen } = await onTerminal({
        program: shell.program,
        env,
        dialogue: [
          ["", shell.setUp + KEYS.enter],
          ...COMPLETIONS.flatMap(({ typed }, index): Dialogue => [
            [index === 0 ? "ready\r\n" : "said|", typed + KEYS.tab],
            [typed.slice(0, 8), `${KEYS.lineStart}say ${KEYS.enter}`],
          ]),
          ["said|", `exit${KEYS.enter}`],
        ],
      });
      said = [...readable(screen).matchAll(/said\|.*$/gm)].map(([line]) => line);
    });

    it.skipIf(!isInstalled(shell.name)).each(COMPLETIONS)("completes $what", (completion) => {
      expect(said[COMPLETIONS.indexOf(completion)]).toBe(`said|dvp|${completion.expected}|`);
    });
  });

  async function addUser(): Promise<string> {
    const body = { username: `user-${String(serial++)}`, password: "a-long-password", role: "reader" as const };
    return (await engine.client.accounts.create({ body })).id;
  }
  async function addDSource(): Promise<string> {
    return (await engine.run(engine.client.dsources.linkAppdata({ body: { name: `spare ${String(serial++)}`, source_id: source } })))
      .dsource_id;
  }
  async function addVdb(): Promise<string> {
    const name = `spare ${String(serial++)}`;
    const body = {
      name,
      source_data_id: SPACED,
      environment_id: plugin.environment,
      appdata_source_params: { mountPath: join(engine.directory, name) },
    };
    return (await engine.run(engine.client.vdbs.provisionBySnapshot({ body }))).vdb_id;
  }
  async function addSnapshot(): Promise<string> {
    const vdbId = await addVdb();
    const { items } = await engine.client.snapshots.search({ body: { filter_expression: `dataset_id EQ "${vdbId}"` } });
    return items[0]?.id ?? "";
  }
  async function addSource(): Promise<string> {
    return plugin.addSource(`/srv/${String(serial++)}`);
  }
});

let serial = 1;
