import type { OperationName, Json, JsonObject } from "@opendvp/model";
import type { PluginVersion } from "@opendvp/core";
import { createHarness, type CallChanges, type RuntimeHarness } from "../../support/runtime-harness.ts";
import { connection } from "../../support/values.ts";
import { localLibraries, type LocalLibraries } from "./local-libraries.ts";
import { removeToolkits, writeToolkit, type Scripts, type ToolkitParts } from "./toolkit-fixture.ts";
import type { Launcher } from "../../../src/guards/launcher.ts";
import type { PluginRuntimeOptions } from "../../../src/index.ts";

export interface LuaRequest extends Omit<CallChanges, "operation" | "arguments"> {
  readonly operation: OperationName | `upgrade.${string}`;
  readonly args: JsonObject;
}

/** Toolkits in real processes, whose commands run on this machine. */
export interface LuaHarness {
  readonly runtime: RuntimeHarness["runtime"];
  readonly lines: RuntimeHarness["lines"];
  readonly libraries: LocalLibraries;
  /** Calls an operation of a toolkit. */
  call(toolkit: PluginVersion, request: LuaRequest): Promise<Json>;
  /** Makes a toolkit of one `virtual/configure` script and gives what that returns. */
  returned(script: string, parts?: ToolkitParts, parameters?: JsonObject): Promise<Json>;
  /** Makes a toolkit of some scripts and calls an operation of it. */
  answer(scripts: Scripts, request: LuaRequest, parts?: ToolkitParts): Promise<Json>;
  close(): Promise<void>;
}

export const production = {
  environment: {
    name: "production",
    reference: "UNIX_HOST_ENVIRONMENT-2",
    host: { name: "db.example.com", reference: "UNIX_HOST-2", binaryPath: "/opt/bin", scratchPath: "/var/tmp/production" },
  },
  user: { name: "oracle", reference: "HOST_USER-2" },
} as const;

export const virtualArguments = (parameters: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  virtualSource: {
    guid: "guid-1",
    connection,
    parameters,
    mounts: [{ remoteEnvironment: connection.environment, mountPath: "/mnt/copy" }],
  },
  repository: { installPath: "/opt/db" },
  sourceConfig: { dataPath: "/data" },
  ...more,
});

export const stagedArguments = (
  dataDirectory: string | null,
  more: JsonObject = {},
  scratchPath = connection.environment.host.scratchPath as string,
): JsonObject => {
  const environment = { ...connection.environment, host: { ...connection.environment.host, scratchPath } };
  const mount = dataDirectory === null ? null : { remoteEnvironment: environment, mountPath: dataDirectory };
  return {
    stagedSource: {
      guid: "guid-2",
      sourceConnection: production,
      stagedConnection: { ...connection, environment },
      parameters: { port: 5432 },
      mount,
      mounts: mount === null ? [] : [mount],
    },
    repository: { installPath: "/opt/db" },
    sourceConfig: { dataPath: "/data" },
    ...more,
  };
};

export const directArguments = (more: JsonObject = {}): JsonObject => ({
  directSource: { guid: "guid-3", connection, parameters: {} },
  repository: {},
  sourceConfig: { dataPath: "/data" },
  ...more,
});

/** @param launcher instead of the best one that this machine can give */
export async function createLuaHarness(options: Partial<PluginRuntimeOptions> = {}, launcher?: Launcher): Promise<LuaHarness> {
  const harness = await createHarness(options, launcher);
  const libraries = localLibraries();
  const call: LuaHarness["call"] = (toolkit, { operation, args, ...changes }) =>
    harness.call(toolkit, {}, { operation: operation as OperationName, arguments: args, libraries, ...changes });
  const answer: LuaHarness["answer"] = async (scripts, request, parts) => {
    const toolkit = await writeToolkit(scripts, parts);
    try {
      return await call(toolkit, request);
    } finally {
      await harness.runtime.retire(toolkit.reference);
    }
  };
  return {
    runtime: harness.runtime,
    lines: harness.lines,
    libraries,
    call,
    answer,
    returned(script, parts, parameters = {}) {
      const args = virtualArguments(parameters, { snapshot: { id: "s-1", size: 5 } });
      return answer({ "virtual/configure": script }, { operation: "virtual.configure", args }, parts);
    },
    async close() {
      await harness.close();
      libraries.remove();
      await removeToolkits();
    },
  };
}
