import { artifactLabel } from "../artifact/artifact-label.ts";
import type { ApiVersion } from "../artifact/plugin-artifact.ts";
import { ENGINE_API_VERSION } from "../artifact/plugin-artifact.ts";
import { EngineError } from "../errors/engine-error.ts";
import { isJsonObject, type Json, type JsonObject } from "../json/json.ts";

/** The APIs that toolkits have been built for, oldest first: each has its step of the translation to the next. */
export const TOOLKIT_APIS = ["1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "1.11"] as const;
export type ToolkitApi = (typeof TOOLKIT_APIS)[number];

/** `1.7.0` */
export function formatApiVersion({ major, minor, micro }: ApiVersion): string {
  return `${String(major)}.${String(minor)}.${String(micro)}`;
}

/** Negative where the first is older. */
export function compareApiVersions(first: ApiVersion, second: ApiVersion): number {
  return first.major - second.major || first.minor - second.minor || first.micro - second.micro;
}

/** An APIVersion object, or the same written `1.7.0`; `undefined` where it is neither. */
export function readApiVersion(value: Json | undefined): ApiVersion | undefined {
  const given = isJsonObject(value) ? [value["major"], value["minor"], value["micro"]] : fromText(value);
  const [major, minor, micro] = given.filter(isPart);
  if (given.length !== 3 || major === undefined || minor === undefined || micro === undefined) return undefined;
  return { type: "APIVersion", major, minor, micro };
}

/**
 * The API whose form a toolkit has.
 * @throws EngineError `PLUGIN_REFUSED` for one older than 1.5.0, or one that this engine does not know
 */
export function toolkitApi(toolkit: JsonObject, buildApi: ApiVersion): ToolkitApi {
  const form = `${String(buildApi.major)}.${String(buildApi.minor)}`;
  const known = TOOLKIT_APIS.find((api) => api === form);
  const isNewerMicro = form === currentForm() && buildApi.micro > ENGINE_API_VERSION.micro;
  if (known !== undefined && !isNewerMicro) return known;
  const isOld = buildApi.major < 1 || (buildApi.major === 1 && buildApi.minor < 5);
  throw new EngineError(
    "PLUGIN_REFUSED",
    `The ${artifactLabel(toolkit)} was built for the API ${formatApiVersion(buildApi)}, ${reason(isOld)}.`,
    {
      action: "Build the toolkit again with `dvp toolkit build`.",
      details: { buildApi: formatApiVersion(buildApi), oldest: "1.5.0", newest: formatApiVersion(ENGINE_API_VERSION) },
    },
  );
}

/**
 * The version that an artifact is translated from: its own, which must be that of the session it comes in. Toolkits
 * before 1.7 do not say theirs: the session's counts.
 * @throws EngineError `PLUGIN_REFUSED` where they differ, `PLUGIN_INVALID` where there is none
 */
export function decideBuildApi(toolkit: JsonObject, session: ApiVersion | undefined): ApiVersion {
  const { buildApi } = toolkit;
  const subject = `The ${artifactLabel(toolkit)}`;
  if (buildApi === undefined || buildApi === null) {
    if (session !== undefined) return session;
    throw new EngineError("PLUGIN_INVALID", `${subject} does not say which API it was built for: it has no buildApi.`, {
      action: "Build the toolkit again, or upload it in a session of the version that it was built for.",
    });
  }
  const own = readApiVersion(buildApi);
  if (own === undefined) {
    throw new EngineError("PLUGIN_INVALID", `${subject} has a buildApi that is no version.`, { action: "Build the toolkit again." });
  }
  if (session !== undefined && formatApiVersion(own) !== formatApiVersion(session)) {
    const [built, opened] = [formatApiVersion(own), formatApiVersion(session)];
    throw new EngineError("PLUGIN_REFUSED", `${subject} was built for the API ${built}, but the session was opened for ${opened}.`, {
      action: `Upload it in a session of version ${built}, as \`upload-toolkit\` does.`,
      details: { buildApi: built, session: opened },
    });
  }
  return own;
}

function reason(isOld: boolean): string {
  return isOld ? "which is older than 1.5.0, the oldest that can be translated" : `which this engine, of ${current()}, does not know`;
}

function current(): string {
  return formatApiVersion(ENGINE_API_VERSION);
}

function currentForm(): string {
  return `${String(ENGINE_API_VERSION.major)}.${String(ENGINE_API_VERSION.minor)}`;
}

function fromText(value: Json | undefined): readonly number[] {
  return typeof value === "string" && /^\d{1,9}\.\d{1,9}\.\d{1,9}$/.test(value) ? value.split(".").map(Number) : [];
}

function isPart(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
