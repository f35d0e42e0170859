import type { PluginVersion } from "@opendvp/core";
import { METHODS } from "@opendvp/plugin-protocol";

/** Which operation of which plugin an error is about. */
export interface OperationPlace {
  readonly plugin: string;
  readonly operation: string;
  readonly kind: "plugin" | "toolkit";
  /** As errors call it: `plugin My files 1.2.0`. */
  readonly title: string;
}

/** Whether it is about loading the plugin; then whoever has it loaded says which plugin that is. */
export function isLoading({ operation }: OperationPlace): boolean {
  return operation === METHODS.initialize;
}

/** How sentences about it begin: `virtual.start of the plugin My files 1.2.0`. */
export function whatOf(place: OperationPlace): string {
  return isLoading(place) ? "loading it" : `${place.operation} of the ${place.title}`;
}

type NamedPlugin = Pick<PluginVersion, "name" | "language" | "buildNumber">;

export function placeOf({ name, language, buildNumber }: NamedPlugin, operation: string): OperationPlace {
  const kind = language === "LUA" ? "toolkit" : "plugin";
  return { plugin: name, operation, kind, title: [kind, name, ...(buildNumber === undefined ? [] : [buildNumber])].join(" ") };
}
