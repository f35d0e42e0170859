import { EngineError } from "../errors/engine-error.ts";
import { isSameJson } from "../json/is-same-json.ts";
import type { JsonObject } from "../json/json.ts";
import type { LuaMigrations } from "../operations/migrations.ts";
import type { ToolkitParts } from "./toolkit-artifact.ts";
import { compareToolkitReleases, parseToolkitVersion, toolkitRelease, type ToolkitVersion } from "./toolkit-version.ts";

/** What is compared of two versions of a toolkit. */
export interface ToolkitEdition extends Pick<
  ToolkitParts,
  "name" | "buildNumber" | "pluginType" | "schemas" | "repository" | "sourceConfig"
> {
  /** Only of the next version. */
  readonly luaMigrations: LuaMigrations;
}

/** Whether the upgrade scripts of the next version run over the installed one's objects. */
export type ToolkitSuccession = "same-release" | "without-scripts" | "with-scripts";

/** Refusals for the sake of schemas say so to programs: clients of old are told by an id of its own. */
const SCHEMA: JsonObject = { reason: "schema" };

/**
 * Whether a version of a toolkit may follow the installed one. A major release is exactly one higher, has the minor 0
 * and upgrade scripts from the installed release; a minor release may change schemas, and needs such scripts then; a
 * patch changes no schema.
 * @throws EngineError `PLUGIN_REFUSED`
 */
export function checkToolkitSuccession(installed: ToolkitEdition, next: ToolkitEdition): ToolkitSuccession {
  const [former, latter] = [versionOf(installed), versionOf(next)];
  const [from, to] = [toolkitRelease(former), toolkitRelease(latter)];
  const refuse = refusal(installed, next);
  if (installed.pluginType !== next.pluginType) throw refuse("is of another type of linked sources", "Give the new toolkit another name.");
  const order = compareToolkitReleases(to, from);
  if (order < 0) throw refuse("is older", "Upload the same or a higher version.");
  const hasSameSchemas = isSameJson(schemasOf(installed), schemasOf(next));
  if (order === 0) {
    if (hasSameSchemas) return "same-release";
    throw refuse("is a patch, and changes schemas", "Raise the minor version, and add upgrade scripts.", SCHEMA);
  }
  const isMajor = latter.major !== former.major;
  if (isMajor && (BigInt(latter.major) !== BigInt(former.major) + 1n || latter.minor !== "0")) {
    throw refuse("is no next major version", `Call it ${String(BigInt(former.major) + 1n)}.0, and upgrade in between if need be.`);
  }
  const froms = [...new Set(Object.values(next.luaMigrations).flat())];
  if (froms.includes(from)) return "with-scripts";
  if (!isMajor && hasSameSchemas) return "without-scripts";
  const what = isMajor ? "is a major version" : "changes schemas";
  const lack = froms.length === 0 ? "and has no upgrade scripts" : `and its upgrade scripts upgrade from ${froms.join(", ")}`;
  throw refuse(
    `${what}, ${lack}`,
    `Put upgrade scripts into upgrade/${from}, or upgrade to the version in between first.`,
    hasSameSchemas ? {} : SCHEMA,
  );
}

function refusal(installed: ToolkitEdition, next: ToolkitEdition): (reason: string, action: string, why?: JsonObject) => EngineError {
  const versions: JsonObject = { installed: installed.buildNumber, uploaded: next.buildNumber };
  const subject = `Toolkit ${next.name} ${next.buildNumber}`;
  return (reason, action, why = {}) =>
    new EngineError("PLUGIN_REFUSED", `${subject} cannot follow the installed ${installed.buildNumber}: it ${reason}.`, {
      action,
      details: { ...versions, ...why },
    });
}

function schemasOf({ schemas, repository, sourceConfig }: ToolkitEdition): JsonObject {
  return { schemas: { ...schemas }, repository: { ...repository }, sourceConfig: { ...sourceConfig } };
}

function versionOf({ buildNumber }: ToolkitEdition): ToolkitVersion {
  const version = parseToolkitVersion(buildNumber);
  if (version === undefined) throw new EngineError("INTERNAL", `${JSON.stringify(buildNumber)} is no version of a toolkit.`);
  return version;
}
