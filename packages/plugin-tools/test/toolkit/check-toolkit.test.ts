import { MAIN_JSON, toolkitDirectory, toolkitFiles } from "@opendvp/testkit";
import { describe, expect, it } from "vitest";
import { checkToolkit } from "../../src/index.ts";
import { lines } from "./read-built.ts";

const direct = { linkedSourceDefinition: { type: "ToolkitLinkedDirectSource", parameters: [] } };

async function problems(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  return lines((await checkToolkit(await toolkitDirectory(files))).problems);
}

async function warnings(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  const checked = await checkToolkit(await toolkitDirectory(files));
  expect(lines(checked.problems)).toEqual([]);
  return lines(checked.warnings);
}

describe("the check of a toolkit", () => {
  it("finds nothing in one that is in order, and gives its parts", async () => {
    const { parts, ...found } = await checkToolkit(await toolkitDirectory(toolkitFiles()));
    expect(found).toEqual({ problems: [], warnings: [] });
    expect(parts?.name).toBe("acme-files");
  });

  it("finds everything at once, with file and line", async () => {
    const main = JSON.stringify({ ...MAIN_JSON, version: "1.0", hostTypes: [], resources: {} }, undefined, 2);
    const found = await problems({
      "main.json": main,
      "discovery/repositoryDiscovery.lua": "return {",
      "messages/en-us.txt": "# ok\nnonsense\n",
      "messages/fr.txt": "hello=Bonjour\n",
      "upgrade/x/upgradeSnapshot.lua": "",
      "resources/a.bin": new Uint8Array([0x61, 0x0a, 0xff, 0x0a]),
    });
    expect(found).toEqual([
      "resources/a.bin:2: is no text in UTF-8. Toolkits consist of texts only.",
      "discovery/repositoryDiscovery.lua:1: is no valid Lua: unexpected symbol near <eof>.",
      "upgrade/x: must be called after the release that is upgraded from, such as 1.0.",
      "messages/en-us.txt:2: has no =. Write it as id=text.",
      "main.json:53: resources: must not be written here: the build adds it. Put the texts into files below the directory resources.",
      'main.json:5: version: must have the form <major>.<minor>.<patch>. Write two whole numbers, and a patch of letters, digits, hyphens and underscores, such as "1.0.0" or "1.0.HOTFIX-123".',
      "main.json:6: hostTypes: must be a list of one or both of UNIX, WINDOWS.",
      "main.json:8: discoveryDefinition.sourceConfigDiscovery: is missing: a discoveryDefinition needs both discovery scripts. Add discovery/sourceConfigDiscovery.lua.",
      "messages/fr.txt:1: hello: is a message that the default locale en-us lacks. Add it for en-us too: fr alone is not enough.",
    ]);
  });

  it("tells on which line a schema of main.json is wrong, and a parameter of an old list", async () => {
    const schema = { type: "object", properties: { a: { type: "string" }, b: { type: "strin" } } };
    const parameters = [
      { type: "DynamicStringParameter", name: "a" },
      { type: "DynamicNothing", name: "b" },
    ];
    const main = { snapshotSchema: schema, virtualSourceDefinition: { type: "ToolkitVirtualSource", parameters } };
    const found = await problems(toolkitFiles({}, main));
    expect(found.filter((line) => line.includes("DynamicStringParameter"))).toEqual([
      expect.stringMatching(/^main\.json:\d+: virtualSourceDefinition\.parameters\[1\]\.type: must be one of/),
    ]);
    const text = JSON.stringify({ ...MAIN_JSON, ...main }, undefined, 2).split("\n");
    const at = (part: string): number => text.findIndex((line) => line.includes(part)) + 1;
    expect(found.join("\n")).toContain(`main.json:${at("DynamicNothing")}: virtualSourceDefinition.parameters[1].type`);
    expect(found.join("\n")).toContain(`main.json:${at('"strin"')}: snapshotSchema.properties.b.type`);
  });

  it.each<[string, string, RegExp]>([
    ["no JSON", '{\n  "type": "Toolkit",\n}', /^main\.json:3: is not valid JSON/],
    ["no object", "[]", /^main\.json:1: must hold an object/],
  ])("names the line where main.json is %s", async (_kind, main, expected) => {
    expect(await problems({ "main.json": main })).toEqual([expect.stringMatching(expected)]);
  });

  it("refuses direct/ and staged/ together, and each beside the other's type", async () => {
    const [one, other] = [{ "direct/preSnapshot.lua": "x()" }, { "staged/resync.lua": "x()" }];
    expect(await problems(toolkitFiles({ ...one, ...other }))).toEqual([
      expect.stringMatching(/^main\.json:\d+: linkedSourceDefinition\.type: .*both are there/),
    ]);
    expect(await problems(toolkitFiles(one))).toEqual([expect.stringMatching(/a directory staged, but there is a directory direct/)]);
    expect(await problems(toolkitFiles(other, direct))).toEqual([
      expect.stringMatching(/a directory direct, but there is a directory staged/),
    ]);
  });

  it("refuses discovery scripts without a discoveryDefinition, and one script without the other", async () => {
    const { discoveryDefinition: _discovery, ...main } = MAIN_JSON;
    const files = toolkitFiles();
    expect(await problems({ ...files, "main.json": JSON.stringify(main) })).toEqual([
      "main.json:1: discoveryDefinition: is missing, but there are discovery scripts. Add the definition, or remove the scripts.",
    ]);
    const { "discovery/sourceConfigDiscovery.lua": _script, ...rest } = files;
    expect(await problems(rest)).toEqual([expect.stringMatching(/sourceConfigDiscovery: is missing/)]);
  });

  it("refuses messages in both places, and accepts them in main.json", async () => {
    const messages = [{ localeName: "en-us", messages: { hello: "Hello" } }];
    expect(await problems(toolkitFiles({ "messages/en-us.txt": "a=b" }, { messages }))).toEqual([
      expect.stringMatching(/^main\.json:\d+: messages: must not be written here where there is a directory messages/),
    ]);
    expect(await warnings(toolkitFiles({}, { messages }))).toEqual([]);
  });

  it("refuses a directory of messages without the default locale, and two of one locale", async () => {
    expect(await problems(toolkitFiles({ "messages/fr.txt": "a=b" }))).toEqual([
      expect.stringMatching(/^main\.json:\d+: defaultLocale: is "en-us", for which/),
    ]);
    expect(await problems(toolkitFiles({ "messages/en-us.txt": "a=b", "messages/en-US.txt": "a=b" }))).toEqual([
      expect.stringMatching(/^messages\/en-us\.txt: gives messages for the locale "en-us" a second time/),
    ]);
  });

  it("refuses upgrade/ with none or several releases, and one whose scripts are not all there", async () => {
    expect(await problems(toolkitFiles({ "upgrade/upgradeSnapshot.lua": "" }))).toEqual([
      expect.stringMatching(/^upgrade: must hold exactly one directory.*has none/),
    ]);
    expect(await problems(toolkitFiles({ "upgrade/1.0/a.lua": "", "upgrade/1.1/a.lua": "" }))).toEqual([
      expect.stringMatching(/it has 1\.0, 1\.1/),
    ]);
    expect(
      await problems(toolkitFiles({ "upgrade/1.0/upgradeSnapshot.lua": "return 1", "upgrade/1.0/upgradeLinkedSource.lua": "# no" })),
    ).toEqual([
      expect.stringMatching(/^upgrade\/1\.0: upgradeVirtualSource: is missing or does nothing/),
      expect.stringMatching(/^upgrade\/1\.0\/upgradeLinkedSource\.lua: is missing or does nothing/),
    ]);
  });

  it("tolerates a leading # line in Lua, also where there is nothing else, and counts its lines", async () => {
    expect(await warnings(toolkitFiles({ "virtual/start.lua": "#\n# Copyright\n#", "virtual/stop.lua": "# Copyright\nstop()" }))).toEqual(
      [],
    );
    expect(await problems(toolkitFiles({ "virtual/start.lua": "# Copyright\n\nx = = 1\n" }))).toEqual([
      expect.stringMatching(/^virtual\/start\.lua:3: is no valid Lua/),
    ]);
  });

  it("warns of files that nothing calls, of what the build overwrites, and of members that occur twice", async () => {
    const main = JSON.stringify(
      { ...MAIN_JSON, buildApi: {}, virtualSourceDefinition: { ...MAIN_JSON.virtualSourceDefinition, start: "x()" } },
      undefined,
      2,
    );
    const found = await warnings({
      ...toolkitFiles({ "virtual/strat.lua": "", "discovery/notes.txt": "", "messages/readme": "", "messages/en-us.txt": "" }),
      "main.json": main.replace('"name"', '"prettyName": "first",\n  "name"'),
    });
    expect(found).toEqual([
      "main.json:5: prettyName: occurs more than once; the last one counts.",
      "discovery/notes.txt: is no script that the engine calls, and is left out.",
      "virtual/strat.lua: is no script that the engine calls, and is left out. Did you mean start.lua?",
      "messages/readme: is no file of messages, and is left out. Call it after its locale, such as messages/en-us.txt.",
      expect.stringMatching(/^main\.json:\d+: buildApi: is added by the build: what is written here is overwritten/),
      expect.stringMatching(/^main\.json:\d+: virtualSourceDefinition\.start: is added by the build/),
    ]);
  });

  it("warns of resources and messages that scripts mention and the toolkit lacks", async () => {
    const script = [
      'RunBash { command = resources["lib/a.sh"] }',
      "Fail(messages.missing(1))",
      '-- resources["comment"]',
      "x = resources['there'] .. messages.there()",
    ];
    const found = await warnings(
      toolkitFiles({ "virtual/start.lua": script.join("\n"), "resources/there": "", "messages/en-us.txt": "there=Here" }),
    );
    expect(found).toEqual([
      'virtual/start.lua:1: resources["lib/a.sh"]: is mentioned, but the toolkit has no such resource.',
      "virtual/start.lua:2: messages.missing: is mentioned, but the default locale has no such message.",
    ]);
  });
});
