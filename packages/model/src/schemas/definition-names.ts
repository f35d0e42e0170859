import type { JsonObject } from "../json/json.ts";

/** The schemas that every plugin has, and no others. */
export const DEFINITION_NAMES = [
  "repositoryDefinition",
  "sourceConfigDefinition",
  "linkedSourceDefinition",
  "virtualSourceDefinition",
  "snapshotDefinition",
  "snapshotParametersDefinition",
] as const;

export type DefinitionName = (typeof DEFINITION_NAMES)[number];

export type SchemaDefinitions = Readonly<Record<DefinitionName, JsonObject>>;

/** How objects of a discovered kind are told apart and what they are called. */
export interface ObjectNaming {
  /** Two discovered objects with equal values in these properties are the same one. */
  readonly identityFields: readonly string[];
  /** The string property that people see as the name. */
  readonly nameField: string;
}

/** The schemas of a plugin, checked; the naming keywords are taken out of them. */
export interface PluginSchemaSet {
  readonly schemas: SchemaDefinitions;
  readonly repository: ObjectNaming;
  readonly sourceConfig: ObjectNaming;
}

export function isDefinitionName(name: string): name is DefinitionName {
  return (DEFINITION_NAMES as readonly string[]).includes(name);
}

/** Whether objects of a definition are discovered, and thus need identityFields and nameField. */
export function isNamedDefinition(name: DefinitionName): boolean {
  return name === "repositoryDefinition" || name === "sourceConfigDefinition";
}
