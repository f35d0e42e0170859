import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { operationTable, type OperationArguments, type OperationName, type OperationRow, type PluginType } from "@opendvp/model";
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
const WITH_NAME = { type: "object", properties: { name: { type: "string" } } };
const NAMED = { ...WITH_NAME, identityFields: ["name"], nameField: "name" };

const HEAD = "from dlpx.virtualization import platform\nplugin = platform.plugin()\n";
const DISCOVERY: Readonly<Record<string, string>> = {
  "Repository Discovery": "discovery.repository",
  "Source Config Discovery": "discovery.sourceConfig",
};
/** What the classes in the tables of arguments are called today. */
const CLASSES: Readonly<Record<string, string>> = {
  SourceConnection: "RemoteConnection",
  Repository: "RepositoryDefinition",
  SourceConfigDefinition: "SourceConfigDefinition",
  Snapshot: "SnapshotDefinition",
  VirtualSource: "VirtualSource",
};
/** What two of the tables, but no signature, call it. */
const SUPERSEDED: Readonly<Record<string, string>> = { source: "virtual_source" };
/** By which an argument is known to be the one that was given. */
const IDENTITIES: Readonly<Record<string, string>> = {
  source_connection: "alice",
  repository: "r",
  source_config: "c",
  snapshot: "s",
  virtual_source: "g",
};

const DESCRIBE = `import json

def describe(given):
  return json.dumps({name: [type(value).__name__, identity(value), documented(value)] for name, value in given.items()})

def documented(value):
  return [name for name in ("SourceConnection", "VirtualSource") if isinstance(value, getattr(platform, name))]

def identity(value):
  return getattr(value, "guid", None) or getattr(value, "user", value).name
`;
const RETURNING = `from generated.definitions import RepositoryDefinition, SourceConfigDefinition

def returned(what, right, other):
  return {
    "nothing": None,
    "a number": 7,
    "a dict": {"name": "one"},
    "an object": right(name="one"),
    "another class": other(name="one"),
    "a list": [right(name="one"), right(name="two")],
    "an empty list": [],
    "a list of dicts": [{"name": "one"}],
    "a list of another class": [other(name="one")],
    "a list of both classes": [right(name="one"), other(name="two")],
  }[what]

@plugin.discovery.repository()
def repositories(source_connection):
  return returned(source_connection.user.name, RepositoryDefinition, SourceConfigDefinition)

@plugin.discovery.source_config()
def source_configs(source_connection, repository):
  return returned(repository.name, SourceConfigDefinition, RepositoryDefinition)

@plugin.virtual.configure()
def configure(virtual_source, snapshot, repository):
  return returned(repository.name, SourceConfigDefinition, RepositoryDefinition)

@plugin.virtual.start()
def start(virtual_source, repository, source_config):
  return returned(repository.name, SourceConfigDefinition, RepositoryDefinition)
`;

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
    args: { virtualSource: VIRTUAL_SOURCE, repository: { name: "r" }, snapshot: { name: "s" } },
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

/** The rows of a table of arguments as they are written, and what the argument is called today. */
function argumentRows(heading: string): readonly { readonly name: string; readonly today: string; readonly className: string }[] {
  const rows = operationSection(heading).matchAll(/^(\w+) \| Instance of the \[?(\w+)/gm);
  return [...rows].map(([, name = "", className = ""]) => ({ name, today: SUPERSEDED[name] ?? name, className }));
}

const TABLE_ROWS = HAS_SEEDS ? ROWS.flatMap((row) => argumentRows(row.heading).map((argument) => ({ ...row, ...argument }))) : [];

function snakeCased(names: readonly string[]): readonly string[] {
  return names.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function decoratorOf(operation: string): string {
  return snakeCased([operation]).join();
}

/** A function for an operation, as it is written in Python. */
function functionFor(operation: string, names: readonly string[], body: string): string {
  const decorator = decoratorOf(operation);
  return `@plugin.${decorator}()\ndef ${decorator.replace(".", "_")}(${names.join(", ")}):\n  ${body}\n`;
}

function isOfEarlierVersion({ message }: { readonly message: string }): boolean {
  return message.includes("the arguments of an earlier version");
}

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
    readonly pluginType?: PluginType;
  }

  async function build({ folder, code, schemas = {}, pluginType = "DIRECT" }: Trial) {
    const rest = { linkedSourceDefinition: EMPTY, virtualSourceDefinition: EMPTY, snapshotDefinition: WITH_NAME };
    const named = { repositoryDefinition: NAMED, sourceConfigDefinition: NAMED, snapshotParametersDefinition: EMPTY };
    await write(join(folder, "schema.json"), JSON.stringify({ ...rest, ...named, ...schemas }));
    await write(join(folder, "plugin_config.yml"), EXAMPLES_CONFIG.replace("DIRECT", pluginType));
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
    const names = signature.match(/(?<=[(, ])\w+(?=[,)])/g) ?? [];
    // What it is called with comes back as the error's words.
    const code = `${HEAD}@plugin.${decoratorOf(operation)}()\n${signature}:\n  raise platform.UserError(repr(sorted(locals())))\n`;
    const built = await build({ folder, code });
    const listed = names.toSorted().map((name) => `'${name}'`);
    await expect(call(folder, operation, args)).rejects.toThrow(`[${listed.join(", ")}]`);
    // The table of its arguments has the repository as well: that is how it is written today.
    const isOld = heading === "Source Config Discovery";
    expect(built.warnings.some(isOfEarlierVersion)).toBe(isOld);
  });

  describe("what the tables of arguments say", () => {
    const folder = "tables-of-arguments";
    let built: Awaited<ReturnType<typeof build>>;
    /** By the functions of the operations, of what they were called with. */
    const said = new Map<OperationName, string>();

    beforeAll(async () => {
      const functions = ROWS.map(({ heading, operation }) => {
        const names = argumentRows(heading).map(({ today }) => today);
        return functionFor(operation, names, "raise platform.UserError(describe(locals()))");
      });
      built = await build({ folder, code: [HEAD, DESCRIBE, ...functions].join("\n") });
      for (const { operation, args } of ROWS)
        said.set(operation, String(await call(folder, operation, args).catch((error: unknown) => error)));
    });

    test.each(TABLE_ROWS)("of $heading: $name is an 'Instance of the …' class $className", ({ operation, today, className }) => {
      // Those that are no definition of the plugin's are true under the name that the document gives them.
      const documented = CLASSES[className]?.endsWith("Definition") === true ? "" : `"${className}"`;
      const told = `"${today}": ["${CLASSES[className] ?? ""}", "${IDENTITIES[today] ?? ""}", [${documented}]]`;
      expect(said.get(operation)).toContain(told);
    });

    test("is how functions are written today", () => {
      expect(TABLE_ROWS.map(({ heading, today }) => `${heading}: ${today}`)).toHaveLength(9);
      expect(built.warnings.filter(isOfEarlierVersion)).toEqual([]);
    });

    test.each(TABLE_ROWS.filter(({ name, today }) => name !== today))(
      "of $heading: a function with $name is refused, and told of $today, which is what the signature calls it",
      async ({ heading, operation }) => {
        const names = argumentRows(heading).map(({ name }) => name);
        const code = [HEAD, functionFor(operation, names, "pass")].join("\n");
        const told = new RegExp(`has the arguments ${names.join(", ")}; it must have virtual_source, `);
        await expect(build({ folder: `superseded-${operation}`, code })).rejects.toMatchObject({
          code: "PLUGIN_INVALID",
          message: expect.stringMatching(told) as string,
        });
      },
    );
  });

  describe("what the operations return", () => {
    const folder = "results";
    const connectionOf = (name: string) => ({ ...CONNECTION, user: { ...CONNECTION.user, name } });

    beforeAll(() => build({ folder, code: [HEAD, RETURNING].join("\n") }));

    /** Has an operation return what is called so. */
    function returning(operation: OperationName, what: string): Promise<unknown> {
      const given = { sourceConnection: connectionOf(what), repository: { name: what }, snapshot: {}, sourceConfig: {} };
      return call(folder, operation, { ...given, virtualSource: VIRTUAL_SOURCE });
    }

    const lists = [
      ["RepositoryDefinition", "discovery.repository"],
      ["SourceConfigDefinition", "discovery.sourceConfig"],
    ] as const;

    test.each(lists)("is 'An array of %s objects', of any length", async (_, operation) => {
      expect(await returning(operation, "a list")).toEqual([{ name: "one" }, { name: "two" }]);
      expect(await returning(operation, "an empty list")).toEqual([]);
    });

    const notLists = ["nothing", "an object", "a list of dicts", "a list of another class", "a list of both classes"];
    test.each(lists.flatMap(([className, operation]) => notLists.map((what) => ({ className, operation, what }))))(
      "is 'An array of' $className objects: $what is the plugin's bug",
      async ({ className, operation, what }) => {
        const message = expect.stringMatching(`a list of ${className}`) as string;
        await expect(returning(operation, what)).rejects.toMatchObject({ code: "PLUGIN_BUG", message });
      },
    );

    test.each(["nothing", "a dict", "a list", "another class"])(
      "is a 'SourceConfigDefinition' of configure: %s is the plugin's bug",
      async (what) => {
        const message = expect.stringMatching(/'SourceConfigDefinition'/) as string;
        await expect(returning("virtual.configure", what)).rejects.toMatchObject({ code: "PLUGIN_BUG", message });
        expect(await returning("virtual.configure", "an object")).toEqual({ name: "one" });
      },
    );

    test.each(["nothing", "a number", "an object"])("is 'None' of start, which passes over whatever else comes back: %s", async (what) => {
      expect(await returning("virtual.start", what)).toBeNull();
    });
  });

  test("each heading is an operation, which Python has a decorator for", async () => {
    const headings = [...seed("# Plugin Operations").matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading.trim());
    const found: Record<PluginType, string[]> = { DIRECT: [], STAGED: [] };
    expect(headings).toHaveLength(20);
    for (const heading of headings) {
      const [, kind = "", name = ""] = /^(Direct Linked|Staged Linked|Virtual|)(?: So\w*e)? ?(.*)$/.exec(heading) ?? [];
      const [first = "", ...more] = name.split(/[ -]/);
      const operation =
        kind === ""
          ? (DISCOVERY[heading] ?? heading)
          : `${kind.startsWith("V") ? "virtual" : "linked"}.${first.toLowerCase()}${more.join("")}`;
      found[kind.startsWith("Direct") ? "DIRECT" : "STAGED"].push(operation);
    }
    for (const pluginType of ["DIRECT", "STAGED"] as const) {
      const table: Readonly<Record<string, OperationRow>> = operationTable(pluginType);
      const functions = found[pluginType].map((operation) => functionFor(operation, snakeCased(table[operation]?.arguments ?? []), "pass"));
      const { artifact } = await build({ folder: pluginType, code: [HEAD, ...functions].join("\n"), pluginType });
      expect(artifact?.operations.toSorted()).toEqual(found[pluginType].toSorted());
    }
  });

  async function write(name: string, text: string): Promise<void> {
    await mkdir(dirname(sandbox.path(name)), { recursive: true });
    await writeFile(sandbox.path(name), text);
  }
});
