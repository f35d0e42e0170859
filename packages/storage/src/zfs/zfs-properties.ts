import type { StoredObject } from "@opendvp/core";
import { isJsonObject } from "@opendvp/model";
import { isStorageName } from "../pool/storage-name.ts";

/** On the pool's own dataset: says that it is a pool of ours. */
export const FORMAT_PROPERTY = "opendvp:format";
export const FORMAT = "1";
/** On every dataset and snapshot of ours: what it is. */
export const OBJECT_PROPERTY = "opendvp:object";
/** On a dataset that was deleted and is kept for its snapshots: its own name in ZFS, since values are inherited. */
export const HOLDER_PROPERTY = "opendvp:holder";

/** The fixed fields of an object's label, as its property has them. */
export interface ObjectProperty {
  readonly name: string;
  readonly kind: StoredObject["kind"];
  readonly parent: string | null;
}

export function formatObjectProperty({ name, kind, parent }: ObjectProperty): string {
  return `${OBJECT_PROPERTY}=${JSON.stringify({ name, kind, parent })}`;
}

/** Undefined where the value is none of ours. Values are inherited, so it counts only where the name is the bearer's own. */
export function parseObjectProperty(text: string): ObjectProperty | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const { name, kind, parent } = value;
  if (typeof name !== "string" || !isStorageName(name) || (kind !== "DATASET" && kind !== "SNAPSHOT")) return undefined;
  return parent === null || typeof parent === "string" ? { name, kind, parent } : undefined;
}
