import type { DirectSourceValue, Json, JsonObject, RemoteConnectionValue, StagedSourceValue, VirtualSourceValue } from "@opendvp/model";
import { DirectSource } from "../values/direct-source.ts";
import { RemoteConnection } from "../values/remote-connection.ts";
import { StagedSource } from "../values/staged-source.ts";
import { VirtualSource } from "../values/virtual-source.ts";

/** The arguments that are classes here; all others are objects of the plugin's own schemas. The engine has checked them. */
const CLASSES: Readonly<Record<string, (value: never) => unknown>> = {
  sourceConnection: (value: RemoteConnectionValue) => RemoteConnection.fromWire(value),
  directSource: (value: DirectSourceValue) => DirectSource.fromWire(value),
  stagedSource: (value: StagedSourceValue) => StagedSource.fromWire(value),
  virtualSource: (value: VirtualSourceValue) => VirtualSource.fromWire(value),
};

/** An operation's arguments as its handler gets them. */
export function argumentsFromWire(params: JsonObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, dressed(name, value)]));
}

function dressed(name: string, value: Json | undefined): unknown {
  const toClass = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
  return toClass === undefined ? value : toClass(value as never);
}
