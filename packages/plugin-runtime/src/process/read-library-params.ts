import type { RunCommandRequest, RunSyncRequest } from "@opendvp/core";
import { isJsonObject, type Json, type JsonObject, type RemoteConnectionValue } from "@opendvp/model";
import { WIRE_ERROR_CODES, WireError } from "@opendvp/plugin-protocol";

/** What a plugin process sends is checked here, before any of it reaches the engine's libraries. Errors name the member, never its value. */
export function readRunCommand(params: JsonObject): RunCommandRequest {
  return {
    remoteConnection: readConnection(params),
    command: readText(params, "command"),
    variables: readVariables(params),
    useLoginShell: params["useLoginShell"] === undefined ? false : readBoolean(params, "useLoginShell"),
  };
}

export function readRunSync(params: JsonObject): RunSyncRequest {
  return {
    remoteConnection: readConnection(params),
    sourceDirectory: readText(params, "sourceDirectory"),
    rsyncUser: readTextOrNull(params, "rsyncUser"),
    excludePaths: readTexts(params, "excludePaths"),
    symLinksToFollow: readTexts(params, "symLinksToFollow"),
  };
}

export function readText(params: JsonObject, name: string): string {
  const value = params[name];
  if (typeof value !== "string") throw wrong(name, "a string");
  return value;
}

export function readTextOrNull(params: JsonObject, name: string): string | null {
  return (params[name] ?? null) === null ? null : readText(params, name);
}

export function readObject(params: JsonObject, name: string): JsonObject {
  const value = params[name];
  if (!isJsonObject(value)) throw wrong(name, "an object");
  return value;
}

function readBoolean(params: JsonObject, name: string): boolean {
  const value = params[name];
  if (typeof value !== "boolean") throw wrong(name, "a boolean");
  return value;
}

function readTexts(params: JsonObject, name: string): readonly string[] {
  const value: Json | undefined = params[name];
  if (!isTexts(value)) throw wrong(name, "an array of strings");
  return value;
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((element: unknown) => typeof element === "string");
}

function readVariables(params: JsonObject): Readonly<Record<string, string>> {
  const variables = readObject(params, "variables");
  return Object.fromEntries(Object.keys(variables).map((name) => [name, readText(variables, name)]));
}

function readConnection(params: JsonObject): RemoteConnectionValue {
  const connection = readObject(params, "remoteConnection");
  const environment = readObject(connection, "environment");
  const host = readObject(environment, "host");
  const user = readObject(connection, "user");
  return {
    environment: {
      name: readText(environment, "name"),
      reference: readText(environment, "reference"),
      host: {
        name: readText(host, "name"),
        reference: readText(host, "reference"),
        binaryPath: readText(host, "binaryPath"),
        scratchPath: readText(host, "scratchPath"),
      },
    },
    user: { name: readText(user, "name"), reference: readText(user, "reference") },
  };
}

function wrong(name: string, expected: string): WireError {
  return new WireError(WIRE_ERROR_CODES.invalidParams, `The parameter '${name}' must be ${expected}.`);
}
