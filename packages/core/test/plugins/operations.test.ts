import { userInfo } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError, type Json, type JsonObject } from "@opendvp/model";
import { createLocalHosts } from "@opendvp/hosts";
import { findMarked } from "@opendvp/subprocess";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, onTestFinished, test } from "vitest";
import type { Plugin } from "../../src/entities/plugin.ts";
import { connectionValue } from "../../src/datasets/scenes.ts";
import { Definitions } from "../../src/plugins/definitions.ts";
import { PluginOperations, type OperationsOfPlugin } from "../../src/plugins/operations.ts";
import type { PluginCall, PluginRuntime } from "../../src/ports/plugin-runtime.ts";
import { DEFAULT_TIME_LIMITS } from "../../src/settings/core-settings.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";
import { testSecrets } from "../bench/test-secrets.ts";

const parameters = { url: "db.example.com", account: { password: "hunter2" }, key: "line one\nline two" };
const virtualSourceDefinition: JsonObject = {
  type: "object",
  properties: {
    url: { type: "string" },
    account: { type: "object", properties: { password: { type: "string", format: "password" } } },
    key: { type: "string", format: "password" },
  },
};
const scope = { mark: "toy:", signal: new AbortController().signal, logSubject: "JOB-1" };

interface Asked {
  readonly operations: OperationsOfPlugin;
  readonly arguments: { readonly virtualSource: JsonObject };
  readonly calls: readonly PluginCall[];
}

/** Operations of a plugin that answers with this result, and the arguments of a VDB whose parameters hold secrets. */
function asked(result: Json): Promise<Asked> {
  return askedOf(() => Promise.resolve(result));
}

async function askedOf(answer: (call: PluginCall) => Promise<Json>): Promise<Asked> {
  const definitions = new Definitions(testSecrets());
  const schemas = { ...EXAMPLES.plugin.schemas, virtualSourceDefinition };
  const plugin: Plugin = { ...EXAMPLES.plugin, schemas, operations: ["virtual.mountSpecification", "virtual.configure", "virtual.start"] };
  const calls: PluginCall[] = [];
  const unused = (): never => {
    throw new Error("This test does not use it.");
  };
  const runtime: PluginRuntime = {
    call: (call) => {
      calls.push(call);
      return answer(call);
    },
    describe: unused,
    retire: unused,
    status: unused,
    close: () => Promise.resolve(),
  };
  const artifacts = { put: unused, get: unused, list: unused, remove: unused, unpacked: () => Promise.resolve("/opt/plugin") };
  const me = userInfo().username;
  const hosts = createLocalHosts({ allowedUsers: [me] });
  onTestFinished(() => hosts.close());
  const catalog = await exampleCatalog([{ collection: "environmentUsers", update: EXAMPLES.environmentUser.reference, set: { name: me } }]);
  const parts = { catalog, hosts, runtime, artifacts, definitions, timeLimits: DEFAULT_TIME_LIMITS };
  const stored = definitions.accept({ plugin, definition: "virtualSourceDefinition" }, parameters, {
    code: "PARAMETERS_INVALID",
    what: "The parameters",
  });
  const virtualSource = { guid: "g", parameters: stored, mounts: [] };
  return { operations: new PluginOperations(parts).of(plugin), arguments: { virtualSource }, calls };
}

test("a plugin gets its secrets in plain text, and the runtime is told which they are", async () => {
  const { operations, calls, ...ask } = await asked(null);
  await operations.perform("virtual.start", ask.arguments, scope);
  expect(calls[0]?.arguments).toMatchObject({ virtualSource: { parameters } });
  expect(calls[0]?.secrets).toEqual(["hunter2", "line one\nline two"]);
});

test("the runtime is told which version of the plugin it calls", async () => {
  const { operations, calls, ...ask } = await asked(null);
  await operations.perform("virtual.start", ask.arguments, scope);
  expect(calls[0]?.plugin).toMatchObject({ name: EXAMPLES.plugin.name, buildNumber: EXAMPLES.plugin.buildNumber });
});

test("what is said of a result that cannot be used tells no secret in it", async () => {
  const mount = { remoteEnvironment: { reference: EXAMPLES.environment.reference }, mountPath: "/mnt/hunter2" };
  const { operations, ...ask } = await asked({ mounts: [mount, mount] });
  const error = await operations.askForMounts("virtual.mountSpecification", ask.arguments, scope).catch((thrown: unknown) => thrown);
  expect(EngineError.from(error)).toMatchObject({ code: "PLUGIN_RESULT_INVALID" });
  expect(EngineError.from(error).message).toBe(
    "virtual.mountSpecification of plugin directory 1.0 did not return mounts at different paths (/mnt/******** is there twice).",
  );
});

test("what a plugin let run on a host ends with its operation, whatever ended that", async () => {
  const mark = `toy:${process.pid}`;
  const remoteConnection = connectionValue({ environment: EXAMPLES.environment, host: EXAMPLES.host, user: EXAMPLES.environmentUser });
  let running: Promise<unknown> | undefined;
  const { operations, ...ask } = await askedOf(async ({ libraries }) => {
    running = libraries.runBash({ remoteConnection, command: "exec sleep 4711", variables: {}, useLoginShell: false }).catch(String);
    while ((await findMarked(mark)).length === 0) await sleep(5);
    throw new EngineError("PLUGIN_DIED", "It has ended.");
  });
  const failing = operations.perform("virtual.start", ask.arguments, { ...scope, mark });
  await expect(failing).rejects.toMatchObject({ code: "PLUGIN_DIED" });
  expect(await running).toMatch(/canceled/);
  expect(await findMarked(mark)).toEqual([]);
});
