import type { StorageLabels, StoredObject } from "@opendvp/core";
import { isJsonObject } from "@opendvp/model";

const FORMAT = 1;

/** What the sidecar file of a dataset or snapshot says. */
export interface Label {
  readonly kind: StoredObject["kind"];
  readonly parent: string | null;
  readonly labels: StorageLabels;
}

export function formatLabel(name: string, label: Label): string {
  return `${JSON.stringify({ format: FORMAT, name, kind: label.kind, parent: label.parent, labels: label.labels })}\n`;
}

/**
 * The label in a sidecar's text: its last line, or the one before where a crash has cut that off. Undefined where it is no
 * label, or of a format of the future.
 */
export function parseLabel(name: string, text: string): Label | undefined {
  const lines = text.split("\n").filter((line) => line !== "");
  const value = lines.map(jsonIn).findLast((line) => line !== undefined);
  if (!isJsonObject(value) || value["format"] !== FORMAT || value["name"] !== name) return undefined;
  const { kind, parent, labels } = value;
  if (kind !== "DATASET" && kind !== "SNAPSHOT") return undefined;
  if (parent !== null && typeof parent !== "string") return undefined;
  return isJsonObject(labels) ? { kind, parent, labels } : undefined;
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
