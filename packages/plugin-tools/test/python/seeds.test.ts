import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { OperationArguments, OperationName } from "@opendvp/model";
import { createPluginRuntime } from "@opendvp/plugin-runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPlugin } from "../../src/index.ts";
import { PluginSandbox } from "../plugin-sandbox.ts";

const SEED = resolve(import.meta.dirname, "../../../../../shared/seeds/000_ee87cc6d81bb8248.txt");
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

interface Example {
  readonly code: string;
  readonly schema: object;
}

/** The example below a heading: its code and the schema that it assumes, both as they stand. */
function exampleOf(heading: string): Example {
  const text = readFileSync(SEED, "utf8");
  const section = text.slice(text.indexOf(`\n## ${heading}\n`));
  const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(section)?.[1] ?? "";
  return { code: block("python"), schema: JSON.parse(block("json")) as object };
}

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

describe.skipIf(!existsSync(SEED))("the examples of seed 000 as they stand (needs ../shared)", () => {
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

  test.each(ROWS)("$heading", async ({ heading, definition, operation, args, answer }) => {
    const { code, schema } = exampleOf(heading);
    const folder = heading.replaceAll(" ", "-");
    const schemas = {
      repositoryDefinition: NAMED,
      sourceConfigDefinition: NAMED,
      linkedSourceDefinition: EMPTY,
      virtualSourceDefinition: EMPTY,
      snapshotDefinition: EMPTY,
      snapshotParametersDefinition: EMPTY,
      [definition]: schema,
    };
    await write(join(folder, "schema.json"), JSON.stringify(schemas));
    await write(join(folder, "plugin_config.yml"), CONFIG);
    await write(join(folder, "src/plugin_runner.py"), code);
    const built = await buildPlugin({ configFile: sandbox.path(join(folder, "plugin_config.yml")) });

    expect(built.artifact?.operations).toEqual([operation]);
    const plugin = { reference: "APPDATA_TOOLKIT-1", name: heading, language: "PYTHON311", pluginType: "DIRECT" as const };
    const result = await runtime.call({
      plugin: { ...plugin, entryPoint: "plugin_runner:plugin", sourceDirectory: sandbox.path(join(folder, "src")) },
      operation,
      arguments: args as OperationArguments,
      secrets: [],
      libraries: {} as never,
      signal: new AbortController().signal,
      logPrefix: "[test]",
    });
    expect(result).toEqual(answer);
  });

  async function write(name: string, text: string): Promise<void> {
    await mkdir(dirname(sandbox.path(name)), { recursive: true });
    await writeFile(sandbox.path(name), text);
  }
});

const CONFIG = `id: 16bef554-9470-11e9-b2e3-8c8590d4a42c
name: Seed
buildNumber: "1.0"
hostTypes: [UNIX]
pluginType: DIRECT
language: PYTHON311
entryPoint: plugin_runner:plugin
srcDir: src
schemaFile: schema.json
`;
