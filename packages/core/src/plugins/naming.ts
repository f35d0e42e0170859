import type { JsonObject } from "@opendvp/model";
import type { PluginRelease } from "../entities/plugin.ts";

type RepositoryFields = Pick<PluginRelease, "repositoryIdentityFields" | "repositoryNameField">;
type SourceConfigFields = Pick<PluginRelease, "sourceConfigIdentityFields" | "sourceConfigNameField">;

/** What tells an object from others, and what people call it. */
export interface Naming {
  readonly identity: string;
  readonly name: string;
}

export function repositoryNaming(plugin: RepositoryFields, data: JsonObject): Naming {
  return namingOf(data, plugin.repositoryIdentityFields, plugin.repositoryNameField);
}

export function sourceConfigNaming(plugin: SourceConfigFields, data: JsonObject): Naming {
  return namingOf(data, plugin.sourceConfigIdentityFields, plugin.sourceConfigNameField);
}

function namingOf(data: JsonObject, identityFields: readonly string[], nameField: string): Naming {
  const name = data[nameField];
  return {
    // A list in a fixed order: the identity does not depend on the order of an object's members.
    identity: JSON.stringify(identityFields.map((field) => canonical(data[field] ?? null))),
    name: typeof name === "string" && name !== "" ? name : "(no name)",
  };
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, canonical(member)]),
  );
}
