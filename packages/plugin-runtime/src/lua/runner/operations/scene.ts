import { isJsonObject, type Json, type JsonObject } from "@opendvp/model";
import type { Toolkit } from "../toolkit.ts";
import { Handle } from "../vm/handle.ts";
import { isLuaTable, type LuaTable } from "../vm/lua-value.ts";

/** What a script finds in its globals, and where it is at home: the host that its dataset is on. */
export interface Scene {
  readonly globals: LuaTable;
  readonly connection: JsonObject;
}

/** Discovery, before there is any dataset. */
export function remoteScene(connection: JsonObject, more: LuaTable = {}): Scene {
  return { connection, globals: { remote: handlesOf(connection), ...more } };
}

export function directScene(args: JsonObject): Scene {
  const { guid, connection, parameters } = member(args, "directSource");
  const home = objectOf(connection);
  return datasetScene(args, { connection: home, source: { ...handlesOf(home), guid }, parameters });
}

/** `environment` and its like are those of production; the dataset is on the staging host. */
export function stagedScene(args: JsonObject): Scene {
  const { guid, sourceConnection, stagedConnection, parameters, mount, mounts } = member(args, "stagedSource");
  const staging = objectOf(stagedConnection);
  const { environment, environmentUser, host } = handlesOf(staging);
  const source = {
    ...handlesOf(objectOf(sourceConnection)),
    stagingEnvironment: environment,
    stagingEnvironmentUser: environmentUser,
    stagingHost: host,
    guid,
    dataDirectory: mountPath(mount) ?? firstMountPath(mounts),
  };
  return datasetScene(args, { connection: staging, source, parameters });
}

export function virtualScene(args: JsonObject): Scene {
  const { guid, connection, parameters, mounts } = member(args, "virtualSource");
  const home = objectOf(connection);
  return datasetScene(args, { connection: home, source: { ...handlesOf(home), guid, dataDirectory: firstMountPath(mounts) }, parameters });
}

/** Where a dataset is mounted whose toolkit does not say: in the toolkit's directory, below the one that plugins may use on its host. */
export function usualMountPath(toolkit: Toolkit, { connection, globals }: Scene): string {
  return `${scratchPath(connection)}/${directoryName(toolkit)}/${guidOf(globals)}`;
}

/** A file on the host of a staging copy that is there while it is being filled. */
export function markerPath(toolkit: Toolkit, { connection, globals }: Scene): string {
  return `${scratchPath(connection)}/.${directoryName(toolkit)}-${guidOf(globals)}.resync`;
}

function directoryName({ name }: Toolkit): string {
  return name.replaceAll(":", "-");
}

function guidOf({ source }: LuaTable): string {
  const guid = isLuaTable(source) ? source["guid"] : undefined;
  return typeof guid === "string" ? guid : "";
}

interface DatasetOnHost {
  readonly connection: JsonObject;
  readonly source: LuaTable;
  readonly parameters: Json | undefined;
}

function datasetScene({ repository, sourceConfig, snapshot }: JsonObject, { connection, source, parameters }: DatasetOnHost): Scene {
  return {
    connection,
    globals: {
      source: { ...source, toolkitPath: scratchPath(connection) },
      parameters: parameters ?? {},
      repository: repository ?? {},
      config: sourceConfig ?? {},
      ...(snapshot === undefined || snapshot === null ? {} : { snapshotJson: JSON.stringify(snapshot) }),
    },
  };
}

function handlesOf(connection: JsonObject): { readonly environment: Handle; readonly environmentUser: Handle; readonly host: Handle } {
  const environment = member(connection, "environment");
  return {
    environment: new Handle("environment", environment),
    environmentUser: new Handle("user", member(connection, "user")),
    host: new Handle("host", member(environment, "host")),
  };
}

function scratchPath(connection: JsonObject): string {
  const path = member(member(connection, "environment"), "host")["scratchPath"];
  return typeof path === "string" ? path : "";
}

function mountPath(mount: Json | undefined): string | undefined {
  const path = objectOf(mount)["mountPath"];
  return typeof path === "string" ? path : undefined;
}

function firstMountPath(mounts: Json | undefined): string | undefined {
  return Array.isArray(mounts) ? mountPath((mounts as readonly Json[])[0]) : undefined;
}

function member(value: JsonObject, name: string): JsonObject {
  return objectOf(value[name]);
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
