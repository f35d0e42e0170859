import type { JsonObject } from "@opendvp/model";
import type { PluginRelease } from "../../entities/plugin.ts";
import type { Repository, SourceConfig } from "../../entities/repository.ts";
import { repositoryNaming, sourceConfigNaming } from "../naming.ts";
import type { StoredValue } from "./stored-value.ts";

/** Toolkits have no scripts that upgrade repositories: those are discovered anew, and known by their identity. */
export function repositoryLeft(row: Repository, next: PluginRelease): Pick<StoredValue, "leave"> {
  if (next.kind !== "TOOLKIT" || !hasAll(row.data, next.repositoryIdentityFields)) return {};
  const { identity } = repositoryNaming(next, row.data);
  return { leave: { collection: "repositories", update: row.reference, set: { isAvailable: false, identity } } };
}

/** The script for source configs may be left out: then it is for the discovery to find them anew, but for those added by hand. */
export function sourceConfigLeft(row: SourceConfig, next: PluginRelease): Pick<StoredValue, "leave"> {
  if (next.kind !== "TOOLKIT" || !row.isDiscovered || !hasAll(row.data, next.sourceConfigIdentityFields)) return {};
  const { identity } = sourceConfigNaming(next, row.data);
  return { leave: { collection: "sourceConfigs", update: row.reference, set: { isAvailable: false, identity } } };
}

function hasAll(data: JsonObject, fields: readonly string[]): boolean {
  return fields.every((field) => data[field] !== undefined);
}
