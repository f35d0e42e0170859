import type { StorageCaller } from "@opendvp/core";
import type { Label } from "../labels/label.ts";
import { checkCanceled } from "../pool/check-canceled.ts";
import { nameTaken } from "../pool/name-taken.ts";
import { withoutSignal } from "../pool/without-signal.ts";
import { notFound, type ZfsObjects } from "./zfs-objects.ts";
import type { ZfsParts } from "./zfs-parts.ts";
import { hasMadeNothing, isAbsentInZfs, isTakenInZfs } from "./zfs-program.ts";
import { formatObjectProperty } from "./zfs-properties.ts";

export interface Making {
  readonly name: string;
  readonly label: Label;
  readonly caller: StorageCaller;
  /** What must have happened before as well, and takes its time. */
  readonly meanwhile?: () => Promise<unknown>;
  /** Runs the command that makes the object with its property. */
  make(property: string): Promise<void>;
}

/** Makes a dataset or snapshot with its label, both or neither. */
export async function makeObject(pool: { readonly parts: ZfsParts; readonly objects: ZfsObjects }, making: Making): Promise<void> {
  const { parts, objects } = pool;
  const { name, label, caller, meanwhile } = making;
  checkCanceled(caller);
  await objects.free(name, caller);
  let hasBegun = false;
  try {
    await together([parts.labels.add(name, label), ...(meanwhile === undefined ? [] : [meanwhile()])]);
    hasBegun = true;
    await making.make(formatObjectProperty({ name, kind: label.kind, parent: label.parent }));
    checkCanceled(caller);
  } catch (error) {
    // What has the name already keeps it, whether it has a label or lost it: then only the label is ours.
    const isMade = hasBegun && !hasMadeNothing(error);
    // Without the caller's signal: what was cut off must still be cleared. What cannot be, no listing shows.
    await (isMade ? objects.clear(name, label.kind, withoutSignal(caller)) : parts.labels.remove(name)).catch(() => undefined);
    if (isTakenInZfs(error)) throw nameTaken(name);
    throw isAbsentInZfs(error) && label.parent !== null ? notFound(label.parent, undefined, parts.layout.root) : error;
  }
}

/** Waits for the end of all, also of those that go on after one has failed: they must not come after its clean-up. */
async function together(works: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) if (result.status === "rejected") throw result.reason;
}
