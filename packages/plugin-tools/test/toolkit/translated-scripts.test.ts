import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configureLua, statusLua } from "@opendvp/model";
import { describe, expect, it, onTestFinished } from "vitest";
import { LuaFactory } from "wasmoon";

interface RunBashCall {
  readonly command: string;
  readonly variables: Readonly<Record<string, string | number>>;
}

const SOURCE = { dataDirectory: "/mnt/data", osType: "LINUX", toolkitPath: "/toolkit", guid: "g-1" };

/** What a script gives back in real Lua, in which RunBash gives what it was called with. */
async function inLua(script: string, globals: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const lua = await new LuaFactory().createEngine();
  try {
    for (const [name, value] of Object.entries({ source: SOURCE, parameters: {}, ...globals })) lua.global.set(name, value);
    await lua.doString("function RunBash(call) return call end");
    return await lua.doString(script);
  } finally {
    lua.global.close();
  }
}

/** Runs what a status script asks RunBash for in a real bash, and gives what it wrote. */
async function statusOf(script: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "dvp-status-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const output = join(directory, "output");
  const { command, variables } = (await inLua(statusLua({ bash: script, variables: [{ variable: "DB_PORT", name: "port" }] }), {
    parameters,
  })) as RunBashCall;
  const env = {
    PATH: process.env["PATH"],
    DLPX_OUTPUT_FILE: output,
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)])),
  };
  await new Promise((resolve) => execFile("bash", ["-c", command], { env }, resolve));
  return readFile(output, "utf8");
}

describe("a status script of the oldest form, in Lua", () => {
  it.each([
    ["exit 0", '"ACTIVE"'],
    ["true", '"ACTIVE"'],
    ["exit 128", '"INACTIVE"'],
    ["exit 1", '"UNKNOWN"'],
    ["nonsense-that-is-no-program", '"UNKNOWN"'],
    ["set -e\nfalse\nexit 0", '"UNKNOWN"'],
    ["echo noise; printf x > $DLPX_OUTPUT_FILE; exit 128", '"INACTIVE"'],
    [
      `# "quotes", 'more', \\ and ]] ]=]\n[ "$DLPX_DATA_DIRECTORY:$TOOLKIT_DIR:$VDB_GUID:$DLPX_OS_TYPE" = /mnt/data:/toolkit:g-1:LINUX ] || exit 1`,
      '"ACTIVE"',
    ],
  ])("%j is %s", async (script, expected) => {
    expect(await statusOf(script)).toBe(expected);
  });

  it("finds the parameters in the variables that they were in", async () => {
    expect(await statusOf('[ "$DB_PORT" = 5432 ] || exit 128', { port: 5432 })).toBe('"ACTIVE"');
    expect(await statusOf('[ "$DB_PORT" = 5432 ] || exit 128', { port: 1 })).toBe('"INACTIVE"');
  });

  it("goes to PowerShell on Windows and to bash elsewhere, where it has both", async () => {
    const script = `function RunPowerShell() return "PowerShell" end\n${statusLua({ bash: "exit 0", powerShell: "exit 0", variables: [] })}`;
    expect(await inLua(script, { source: { ...SOURCE, osType: "WINDOWS" } })).toBe("PowerShell");
    expect(await inLua(script)).toMatchObject({ command: expect.stringContaining("eval") });
  });
});

describe("a provision script, as configure", () => {
  it("gives back what it gave, or an empty table", async () => {
    expect(await inLua(configureLua("return { a = 1 }"))).toEqual({ a: 1 });
    expect(await inLua(configureLua("# Copyright\nlocal x = 1 -- the end"))).toEqual({});
    expect(await inLua(configureLua("\n# Copyright\n\n# more\nreturn { a = 2 }"))).toEqual({ a: 2 });
  });

  it("fails on the same line as before", async () => {
    await expect(inLua(configureLua('# Copyright\n\nerror("here")'))).rejects.toThrow(/:3: here/);
  });
});
