import { compareApiVersions, ENGINE_API_VERSION, EngineError, formatApiVersion, type ApiVersion } from "@opendvp/model";
import type { TypedObject } from "../envelope/typed-object.ts";

export const OLDEST_API_VERSION: ApiVersion = { type: "APIVersion", major: 1, minor: 3, micro: 0 };
export const CURRENT_API_VERSION: ApiVersion = ENGINE_API_VERSION;

/** @throws EngineError `INPUT_INVALID` for a version that this engine does not speak */
export function checkApiVersion(version: ApiVersion): ApiVersion {
  if (compareApiVersions(version, OLDEST_API_VERSION) >= 0 && compareApiVersions(version, CURRENT_API_VERSION) <= 0) return version;
  throw new EngineError("INPUT_INVALID", `Invalid API version "${formatApiVersion(version)}".`, {
    action: `Use a version from ${formatApiVersion(OLDEST_API_VERSION)} to ${formatApiVersion(CURRENT_API_VERSION)}.`,
    details: { in: "body", keyword: "apiVersion" },
  });
}

export function presentApiVersion({ major, minor, micro }: ApiVersion): TypedObject {
  return { type: "APIVersion", major, minor, micro };
}
