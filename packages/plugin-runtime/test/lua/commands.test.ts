import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { EngineError, statusLua, type JsonObject } from "@opendvp/model";
import { quoteSeed } from "@opendvp/testkit";
import { connection } from "../support/values.ts";
import { createLuaHarness, virtualArguments, type LuaHarness } from "./support/lua-harness.ts";
import { writeToolkit } from "./support/toolkit-fixture.ts";

let harness: LuaHarness;

beforeAll(async () => {
  harness = await createLuaHarness();
});
afterAll(() => harness.close());
afterEach(() => expect(readdirSync(harness.libraries.temporaryDirectory)).toEqual([]));

const HERE = "environment = source.environment, user = source.environmentUser";

/** What a function gives for these members of its table. */
const given = (members: string, name = "RunBash"): Promise<unknown> =>
  harness.returned(`local value = ${name} { ${HERE}, ${members} }\nreturn { value = value }`);

const lastCommand = () => harness.libraries.commands.at(-1);
const logged = (): string => harness.lines.map(({ message }) => message).join("\n");

const bug = (message: string): object => ({ code: "PLUGIN_BUG", message: expect.stringContaining(message) as string });

describe("RunBash", () => {
  test('"Unix toolkits" use Bash: it is what runs the command, which can what no other shell can', async () => {
    quoteSeed("Unix toolkits will typically use Bash scripts to do most of their work");
    const command = `words=(one two); [[ -n $BASH_VERSION ]] && printf '"%s"' "$(cat <(echo "\${words[1]}"))" > "$DLPX_OUTPUT_FILE"`;
    expect(await given(`command = [==[${command}]==], outputSchema = { type = "string" }`)).toEqual({ value: "two" });
  });

  test("without an outputSchema gives nothing, and what the command prints is in the log", async () => {
    expect(await given(`command = "echo to stdout; echo to stderr >&2"`)).toEqual({});
    expect(lastCommand()).toMatchObject({ remoteConnection: connection, variables: {}, useLoginShell: false });
    expect(logged()).toContain("virtual/configure.lua:1: RunBash printed:\nto stdout\nto stderr\n");
  });

  test("gives what the command has written to its output file", async () => {
    const command = `echo noise; echo '{' > "$DLPX_OUTPUT_FILE"; echo '"port": 27017, "list": [], "none": null}' >> "$DLPX_OUTPUT_FILE"`;
    const script = `local out = RunBash { ${HERE}, command = [[${command}]], outputSchema = { type = "object", required = { "port" }, properties = {
        port = { type = "integer" }, list = { type = "array", items = {} }, none = {} } } }
      return { port = out.port, type = math.type(out.port), list = #out.list, none = out.none == nil }`;
    expect(await harness.returned(script)).toEqual({ port: 27017, type: "integer", list: 0, none: true });
    expect(logged()).toContain("noise");
  });

  test.each([
    [`"text"`, `{ type = "string" }`, "text"],
    [
      `[{"a": 1}, {"a": 2}]`,
      `{ type = "array", items = { type = "object", properties = { a = { type = "integer" } }, required = {} } }`,
      [{ a: 1 }, { a: 2 }],
    ],
    [`true`, `{ enum = { true, false } }`, true],
    [`{"a": 1.5}`, `{}`, { a: 1.5 }],
  ])("gives any kind of JSON: %s", async (json, schema, value) => {
    expect(await given(`command = [[printf '%s' '${json}' > $DLPX_OUTPUT_FILE]], outputSchema = ${schema}`)).toEqual({ value });
  });

  test("turns variables into text, whole numbers without a fraction, and leaves nil out", async () => {
    const variables = `variables = { PORT = 27017, WHOLE = 10 / 2, HALF = 0.5, ON = true, OFF = false, NAME = "a b'c", NONE = nil, EMPTY = "" }`;
    expect(await given(`command = "true", ${variables}`)).toEqual({});
    expect(lastCommand()?.variables).toEqual({
      PORT: "27017",
      WHOLE: "5",
      HALF: "0.5",
      ON: "true",
      OFF: "false",
      NAME: "a b'c",
      EMPTY: "",
    });
  });

  test("hands over a library of 15 KB as a variable, to be evaluated", async () => {
    const library = `found() { printf '"found"' > "$DLPX_OUTPUT_FILE"; }\n${"# filler\n".repeat(1700)}`;
    const script = `return { value = RunBash { ${HERE}, command = 'eval "$LIBRARY"; found', variables = { LIBRARY = resources["lib.sh"] }, outputSchema = { type = "string" } } }`;
    expect(library.length).toBeGreaterThan(15_000);
    expect(await harness.returned(script, { resources: { "lib.sh": library } })).toEqual({ value: "found" });
  });

  test("stops where a command that says set -e stops", async () => {
    const failed = given("command = [[set -e\nfalse\necho went on]]");
    await expect(failed).rejects.toMatchObject({ code: "PLUGIN_USER_ERROR" });
    expect(logged()).not.toContain("went on");
  });

  test.each([
    ["exit 0", "ACTIVE"],
    ["exit 128", "INACTIVE"],
    ["set -e\nfalse\nexit 0", "UNKNOWN"],
  ])("tells by what a status script of the oldest form ends with: %j is %s", async (bash, value) => {
    const script = `local status = (function() ${statusLua({ bash, variables: [] })} end)()\nreturn { value = status }`;
    expect(await harness.returned(script)).toEqual({ value });
  });

  test("never shows variables in what it runs", async () => {
    await given(`command = "true", variables = { SECRET = "hunter2" }`);
    expect(lastCommand()?.command).not.toContain("hunter2");
    expect(logged()).not.toContain("hunter2");
  });

  test("is run by a login shell where it is asked for", async () => {
    await given(`command = "true", loginShell = true`);
    expect(lastCommand()?.useLoginShell).toBe(true);
  });

  test("takes another host of the environment", async () => {
    await given(`command = "true", host = source.host`);
    expect(lastCommand()?.remoteConnection).toEqual(connection);
  });

  test("lets a command do what shells allow: exit, exec, traps, here documents, comments at the end", async () => {
    const command = `trap 'echo "$RESULT" > "$DLPX_OUTPUT_FILE"' EXIT\nRESULT=$(cat <<'END'\n{"it's": ")"}\nEND\n)\nexit 0 # done`;
    expect(await given(`command = [==[${command}]==], outputSchema = {}`)).toEqual({ value: { "it's": ")" } });
  });

  test("fails the operation when the command does, with its output for the user, and leaves no file", async () => {
    const failing = given(`command = "echo out; echo the disk is full >&2; exit 3", outputSchema = {}`);
    await expect(failing).rejects.toMatchObject({
      code: "PLUGIN_USER_ERROR",
      message: "The command of RunBash in virtual/configure.lua:1 of the toolkit delphixdb 1.2.3 ended with exit code 3.",
      details: { output: "out\nthe disk is full\n" },
    });
  });

  test("can be handled by the script", async () => {
    const script = `local ok, message = pcall(RunBash, { ${HERE}, command = "exit 4" })\nreturn { ok = ok, message = message }`;
    expect(await harness.returned(script)).toEqual({ ok: false, message: expect.stringContaining("ended with exit code 4") });
  });

  test.each([
    [
      `command = "echo '{' > $DLPX_OUTPUT_FILE"`,
      "virtual/configure.lua:1: RunBash: what the command has written to $DLPX_OUTPUT_FILE is no JSON",
    ],
    [`command = "true"`, "virtual/configure.lua:1: RunBash: the command has written nothing to $DLPX_OUTPUT_FILE"],
    [`command = "rm $DLPX_OUTPUT_FILE"`, "virtual/configure.lua:1: RunBash: the command has removed $DLPX_OUTPUT_FILE"],
    [
      `command = [[echo '{"port": "secret"}' > $DLPX_OUTPUT_FILE]]`,
      "virtual/configure.lua:1: RunBash: what the command has written to $DLPX_OUTPUT_FILE does not fit its outputSchema: port must be integer.",
    ],
  ])("tells wrong output as the toolkit's bug: %s", async (command, message) => {
    const error = await given(`${command}, outputSchema = { properties = { port = { type = "integer" } } }`).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject(bug(`toolkit delphixdb 1.2.3, ${message}`));
    expect(JSON.stringify((error as EngineError).toShape())).not.toContain("secret");
    if (command.includes("secret")) expect(logged()).toContain('$DLPX_OUTPUT_FILE held:\n{"port": "secret"}');
  });

  test.each([
    [`RunBash()`, "RunBash takes one table, as in RunBash { … }."],
    [`RunBash("ls")`, "RunBash takes one table"],
    [`RunBash { ${HERE} }`, "RunBash: command must be a text; it is nil."],
    [
      `RunBash { command = "ls", user = source.environmentUser }`,
      "RunBash: environment must be one of the handles that the script is given, such as source.environment; it is nil.",
    ],
    [`RunBash { command = "ls", environment = source.environmentUser, user = 1 }`, "it is a handle of user."],
    [`RunBash { ${HERE}, command = "ls", variables = { A = {} } }`, "the variable A must be a text, a number or a boolean"],
    [
      `RunBash { ${HERE}, command = "ls", outputSchema = { type = "nonsense" } }`,
      "RunBash: outputSchema is no JSON Schema: type must be one of",
    ],
    [`RunBash { ${HERE}, command = "ls", loginShell = "yes" }`, "RunBash: loginShell must be true or false."],
  ])("is called wrongly: %s", async (script, message) => {
    const error = await harness.returned(`\n${script}`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(bug(message));
    expect(error).toMatchObject(bug("virtual/configure.lua:2: "));
  });

  test("passes an error of the engine on when the script does not handle it", async () => {
    const failure = new EngineError("HOST_UNREACHABLE", "No route to the host", { action: "Check the network." });
    const libraries = { ...harness.libraries, runBash: () => Promise.reject(failure) };
    const script = `local ok, message = pcall(RunBash, { ${HERE}, command = "ls" })\nerror(message)`;
    const toolkit = await writeToolkit({ "virtual/configure": script });
    const args = virtualArguments({}, { snapshot: {} });
    await expect(harness.call(toolkit, { operation: "virtual.configure", args, libraries })).rejects.toBe(failure);
  });
});

test("a file that a killed command has left is removed by the next one, and no other file is", async () => {
  const { temporaryDirectory } = harness.libraries;
  const gone = spawnSync("true").pid;
  writeFileSync(join(temporaryDirectory, `dlpx-output-${gone}-abcdefgh`), "");
  writeFileSync(join(temporaryDirectory, `dlpx-output-${process.pid}-abcdefgh`), "");
  await given(`command = "true"`);
  expect(readdirSync(temporaryDirectory)).toEqual([`dlpx-output-${process.pid}-abcdefgh`]);
  await given(`command = [[rm "\${TMPDIR}"/dlpx-output-${process.pid}-*]]`);
});

test("a command that is asked to end removes its file", async () => {
  await expect(given(`command = "kill -TERM $$; sleep 0.1", outputSchema = {}`)).rejects.toMatchObject({ code: "PLUGIN_USER_ERROR" });
});

describe("the functions beside it", () => {
  test("RunCommand runs /bin/sh, and warns of what it does not know", async () => {
    const members = `command = [[printf '"%s"' "$0 $GREETING" > "$DLPX_OUTPUT_FILE"]], variables = { GREETING = "hello" }, outputSchema = {}, inputs = 1`;
    const { value } = (await given(members, "RunCommand")) as JsonObject;
    expect(value).toMatch(/^\/dev\/fd\/\d+ hello$/);
    expect(logged()).toContain("RunCommand does not know inputs.");
  });

  test("RunExpect runs expect", async () => {
    await given(`command = [[puts "got $env(WORD)"]], variables = { WORD = "it" }`, "RunExpect");
    expect(lastCommand()?.command).toBe(`puts "got $env(WORD)"`);
    expect(logged()).toContain("RunExpect printed:\ngot it");
  });

  test("RunExpect gives what the script has written to its output file", async () => {
    const command = `set file [open $env(DLPX_OUTPUT_FILE) w]; puts $file {"it's"}; close $file`;
    expect(await given(`command = [[${command}]], outputSchema = { type = "string" }`, "RunExpect")).toEqual({ value: "it's" });
  });

  test.each(["RunPowerShell", "RunPowershell"])(
    '%s, which "Windows toolkits" use, is refused by the engine: it has no Windows hosts',
    async (name) => {
      quoteSeed("whereas Windows toolkits will use Powershell scripts.");
      const told = `toolkit delphixdb 1.2.3, virtual/configure.lua:1: ${name}: it needs a Windows host, and all hosts are Unix ones; use RunBash.`;
      await expect(given(`command = "Get-Item"`, name)).rejects.toMatchObject(bug(told));
      expect(lastCommand()?.command).toContain("Get-Item");
    },
  );

  test.each([
    [
      `excludePaths = { "*.bak", "logs" }, followSymlinkPaths = { "data" }`,
      { excludePaths: ["*.bak", "logs"], symLinksToFollow: ["data"], rsyncUser: null },
    ],
    [`rsyncUser = "backup", symlinksToFollow = { "a" }`, { excludePaths: [], symLinksToFollow: ["a"], rsyncUser: "backup" }],
    [`excludePaths = {}`, { excludePaths: [], symLinksToFollow: [], rsyncUser: null }],
  ])("RunSync copies: %s", async (members, asked) => {
    expect(await given(`sourceDirectory = "/data", ${members}`, "RunSync")).toEqual({});
    expect(harness.libraries.syncs.at(-1)).toEqual({ remoteConnection: connection, sourceDirectory: "/data", ...asked });
  });

  test.each([
    [`RunSync { ${HERE}, sourceDirectory = "/data" }`, "UNSUPPORTED", "RunSync: it can be called in direct/preSnapshot.lua alone."],
    [`RunBash { ${HERE}, command = "ls" }`, "UNSUPPORTED", "RunBash: it cannot be called in an upgrade script"],
    [`RunExpect { ${HERE}, command = "exit" }`, "UNSUPPORTED", "RunExpect: it cannot be called in an upgrade script"],
    [`RunBash { ${HERE}, command = "ls" }`, "PLUGIN_REFUSED", "RunBash: user and environment do not belong together"],
  ] as const)("what no toolkit may ask for is the script's mistake, in its own words: %s, %s", async (script, code, told) => {
    const refuse = (): Promise<never> => Promise.reject(new EngineError(code, "run_bash is not for you.", { action: "Use run_expect." }));
    const libraries = { ...harness.libraries, runBash: refuse, runExpect: refuse, runSync: refuse };
    const toolkit = await writeToolkit({ "virtual/configure": `\n${script}` });
    const args = virtualArguments({}, { snapshot: {} });
    const error = await harness.call(toolkit, { operation: "virtual.configure", args, libraries }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(bug(`toolkit delphixdb 1.2.3, virtual/configure.lua:2: ${told}`));
    expect(JSON.stringify((error as EngineError).toShape())).not.toContain("run_");
  });

  test("RunSync says what it needs", async () => {
    await expect(given(`excludePaths = { 1 }`, "RunSync")).rejects.toMatchObject(bug("RunSync: sourceDirectory must be a text"));
  });

  test.each([
    [`Fail("The port is taken")`, "The port is taken."],
    [`Fail()`, "The toolkit has failed without saying why, in virtual/configure.lua:1."],
    [`local ok, message = pcall(Fail, "Full"); error(message)`, "Full."],
  ])("%s fails with words for the user", async (script, message) => {
    await expect(harness.returned(script)).rejects.toMatchObject({ code: "PLUGIN_USER_ERROR", message });
  });
});
