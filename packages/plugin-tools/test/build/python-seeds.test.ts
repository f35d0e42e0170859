import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { operationTable, type OperationArguments, type OperationName } from "@opendvp/model";
import { createPluginRuntime } from "@opendvp/plugin-runtime";
import { EXAMPLES_CONFIG, hasPython3, HAS_SEEDS, operationExample, operationSection, seed } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPlugin } from "../../src/index.ts";
import { PluginSandbox } from "../plugin-sandbox.ts";

const hasPython = await hasPython3();
const CONNECTION = {
  environment: {
    name: "here",
    reference: "UNIX_HOST_ENVIRONMENT-1",
    host: { name: "127.0.0.1", reference: "UNIX_HOST-1", binaryPath: "", scratchPath: "" },
  },
  user: { name: "alice", reference: "HOST_USER-1" },
};
const VIRTUAL_SOURCE = { guid: "g", connection: CONNECTION, parameters: {}, mounts: [] };
const CLOCK = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: (milliseconds: number, signal?: AbortSignal): Promise<void> => sleep(milliseconds, undefined, signal && { signal }),
};
const EMPTY = { type: "object", properties: {} };
const NAMED = { type: "object", properties: { name: { type: "string" } }, identityFields: ["name"], nameField: "name" };

const HEAD = "from dlpx.virtualization import platform\nplugin = platform.plugin()\n";
const DISCOVERY: Readonly<Record<string, string>> = {
  "Repository Discovery": "discovery.repository",
  "Source Config Discovery": "discovery.sourceConfig",
};
const PYTHON_NAMES: Readonly<Record<string, string>> = {
  "discovery.repository": "discovery.repository",
  "discovery.sourceConfig": "discovery.source_config",
  "virtual.configure": "virtual.configure",
  "virtual.start": "virtual.start",
};
/** What the tables of arguments call them, in the words of today. */
const CLASSES: Readonly<Record<string, string>> = {
  source_connection: "RemoteConnection",
  repository: "RepositoryDefinition",
  source_config: "SourceConfigDefinition",
  snapshot: "SnapshotDefinition",
  virtual_source: "VirtualSource",
};

const ROWS: readonly {
  readonly heading: string;
  readonly definition: "repositoryDefinition" | "sourceConfigDefinition";
  readonly operation: OperationName;
  readonly args: object;
  readonly answer: unknown;
}[] = [
  {
    heading: "Repository Discovery",
    definition: "repositoryDefinition",
    operation: "discovery.repository",
    args: { sourceConnection: CONNECTION },
    answer: [{ installPath: "/usr/bin/install", version: "1.2.3" }],
  },
  {
    heading: "Source Config Discovery",
    definition: "sourceConfigDefinition",
    operation: "discovery.sourceConfig",
    args: { sourceConnection: CONNECTION, repository: { name: "r" } },
    answer: [{ name: "my_name", port: 10000 }],
  },
  {
    heading: "Virtual Source Configure",
    definition: "sourceConfigDefinition",
    operation: "virtual.configure",
    args: { virtualSource: VIRTUAL_SOURCE, repository: { name: "r" }, snapshot: {} },
    answer: { name: "config_name" },
  },
  {
    heading: "Virtual Soure Start",
    definition: "sourceConfigDefinition",
    operation: "virtual.start",
    args: { virtualSource: VIRTUAL_SOURCE, repository: { name: "r" }, sourceConfig: { name: "c" } },
    answer: null,
  },
];

describe.skipIf(!HAS_SEEDS || !hasPython)("seed 000 as it stands (needs ../shared and Python 3)", () => {
  let sandbox: PluginSandbox;
  let runtime: Awaited<ReturnType<typeof createPluginRuntime>>;

  beforeAll(async () => {
    sandbox = await PluginSandbox.empty();
    const logs = { write: () => undefined, files: () => Promise.resolve([]), close: () => Promise.resolve() };
    runtime = await createPluginRuntime({ clock: CLOCK, logs });
  });
  afterAll(async () => {
    await runtime.close();
    await sandbox[Symbol.asyncDispose]();
  });

  interface Trial {
    readonly folder: string;
    readonly code: string;
    readonly schemas?: object;
  }

  async function build({ folder, code, schemas = {} }: Trial) {
    const rest = { linkedSourceDefinition: EMPTY, virtualSourceDefinition: EMPTY, snapshotDefinition: EMPTY };
    const named = { repositoryDefinition: NAMED, sourceConfigDefinition: NAMED, snapshotParametersDefinition: EMPTY };
    await write(join(folder, "schema.json"), JSON.stringify({ ...rest, ...named, ...schemas }));
    await write(join(folder, "plugin_config.yml"), EXAMPLES_CONFIG);
    await write(join(folder, "src/plugin_runner.py"), code);
    return buildPlugin({ configFile: sandbox.path(join(folder, "plugin_config.yml")) });
  }

  function call(folder: string, operation: OperationName, args: object): Promise<unknown> {
    const plugin = { reference: "APPDATA_TOOLKIT-1", name: folder, language: "PYTHON311", pluginType: "DIRECT" as const };
    return runtime.call({
      plugin: { ...plugin, entryPoint: "plugin_runner:plugin", sourceDirectory: sandbox.path(join(folder, "src")) },
      operation,
      arguments: args as OperationArguments,
      secrets: [],
      libraries: {} as never,
      signal: new AbortController().signal,
      logPrefix: "[test]",
    });
  }

  test.each(ROWS)("the example of $heading", async ({ heading, definition, operation, args, answer }) => {
    const [code, schema] = [operationExample(heading, "python"), JSON.parse(operationExample(heading, "json")) as object];
    const folder = heading.replaceAll(" ", "-");
    const built = await build({ folder, code, schemas: { [definition]: schema } });
    expect(built.artifact?.operations).toEqual([operation]);
    expect(await call(folder, operation, args)).toEqual(answer);
  });

  test.each(ROWS)("the signature of $heading, as it is written below its example", async ({ heading, operation, args }) => {
    const signature = /`(def .*)`/.exec(operationSection(heading))?.[1] ?? "";
    const folder = `signature-of-${heading.replaceAll(" ", "-")}`;
    // What each argument is comes back as the error's words.
    const code = `${HEAD}@plugin.${PYTHON_NAMES[operation] ?? ""}()\n${signature}:\n  raise platform.UserError(repr({k: type(v).__name__ for k, v in locals().items()}))\n`;
    const built = await build({ folder, code });
    const error = (await call(folder, operation, args).catch((thrown: unknown) => thrown)) as Error;
    for (const name of signature.match(/(?<=[(, ])\w+(?=[,)])/g) ?? [])
      expect(error.message).toContain(`'${name}': '${CLASSES[name] ?? ""}'`);
    // The table of its arguments has the repository as well: that is how it is written today.
    const isOld = heading === "Source Config Discovery";
    expect(built.warnings.some(({ message }) => message.includes("the arguments of an earlier version"))).toBe(isOld);
  });

  test("'Instance of the SourceConnection class' is true under that name", async () => {
    const code = `${HEAD}
@plugin.discovery.repository()
def find(source_connection):
  raise platform.UserError(str(isinstance(source_connection, platform.SourceConnection)))
`;
    await build({ folder: "source-connection", code });
    await expect(call("source-connection", "discovery.repository", { sourceConnection: CONNECTION })).rejects.toThrow("True");
  });

  test("'An array of … objects': what is no list of them is the plugin's bug", async () => {
    const code = `${HEAD}from dlpx.virtualization.generated import RepositoryDefinition
@plugin.discovery.repository()
def find(source_connection):
  return RepositoryDefinition()
`;
    await build({ folder: "no-array", code });
    const answer = call("no-array", "discovery.repository", { sourceConnection: CONNECTION });
    await expect(answer).rejects.toMatchObject({ code: "PLUGIN_BUG", message: expect.stringMatching(/a list of/) as string });
  });

  test("each heading is an operation", () => {
    const headings = [...seed("# Plugin Operations").matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading.trim());
    const tables = { DIRECT: operationTable("DIRECT"), STAGED: operationTable("STAGED") };
    expect(headings).toHaveLength(20);
    for (const heading of headings) {
      const [, kind = "", name = ""] = /^(Direct Linked|Staged Linked|Virtual|)(?: So\w*e)? ?(.*)$/.exec(heading) ?? [];
      const [first = "", ...more] = name.split(/[ -]/);
      const operation =
        kind === ""
          ? (DISCOVERY[heading] ?? heading)
          : `${kind.startsWith("V") ? "virtual" : "linked"}.${first.toLowerCase()}${more.join("")}`;
      expect(tables[kind.startsWith("Direct") ? "DIRECT" : "STAGED"]).toHaveProperty([operation]);
    }
  });

  async function write(name: string, text: string): Promise<void> {
    await mkdir(dirname(sandbox.path(name)), { recursive: true });
    await writeFile(sandbox.path(name), text);
  }
});
