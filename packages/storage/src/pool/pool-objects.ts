import type { StorageCaller, StoredObject } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import type { Label } from "../labels/label.ts";
import { isThere } from "./is-there.ts";
import { halfReceived } from "./listing.ts";
import { nameTaken } from "./name-taken.ts";
import type { PoolParts } from "./pool-parts.ts";
import { removeHalfReceived } from "./receive.ts";
import { checkStorageName } from "./storage-name.ts";
import type { TreeTarget } from "./trees.ts";

type Kind = StoredObject["kind"];

/** What a name stands for in a pool: a whole object, something that a crash left, or nothing. */
export class PoolObjects {
  readonly #parts: PoolParts;

  constructor(parts: PoolParts) {
    this.#parts = parts;
  }

  /** Makes a name usable: refuses what is there, and clears what a crash left of it. */
  async free(name: string, caller: StorageCaller): Promise<void> {
    if (await this.#isUntouched(name)) return;
    if ((await this.find(name)) !== undefined) throw nameTaken(name);
    await this.clearHalfReceived(name, caller);
    const label = await this.labelOf(name);
    await this.clear(name, label?.kind, caller);
    for (const kind of ["DATASET", "SNAPSHOT"] as const) {
      if (await isThere(this.#parts.layout.treeOf(name, kind))) throw nameTaken(name);
    }
  }

  /** The usual case, seen at one go: nothing has this name, nor had it when a crash came. */
  async #isUntouched(name: string): Promise<boolean> {
    const { layout } = this.#parts;
    const places = [layout.labelFileOf(name), layout.treeOf(name, "DATASET"), layout.treeOf(name, "SNAPSHOT"), layout.stagedTreeOf(name)];
    const [receives, ...found] = await Promise.all([halfReceived(layout), ...places.map(isThere)]);
    return !found.includes(true) && !receives.some((receive) => receive.dataset === name || receive.snapshot === name);
  }

  /** Removes a tree that has a label (without one, it is a stranger's), what was staged for it, then the label. */
  async clear(name: string, kind: Kind | undefined, caller: StorageCaller): Promise<void> {
    const staged = this.#parts.layout.stagedTreeOf(name);
    if (kind !== undefined) await this.#parts.trees.remove(this.targetOf(name, kind), caller);
    else if (await isThere(staged)) await this.#parts.trees.remove({ path: staged, stagedPath: staged }, caller);
    await this.#parts.labels.remove(name);
  }

  async clearHalfReceived(name: string, caller: StorageCaller): Promise<void> {
    for (const receive of await halfReceived(this.#parts.layout)) {
      if (receive.dataset === name || receive.snapshot === name) await removeHalfReceived(this.#parts, receive, caller);
    }
  }

  async find(name: string): Promise<StoredObject | undefined> {
    const [label, receives] = await Promise.all([this.labelOf(name), halfReceived(this.#parts.layout)]);
    if (label === undefined || receives.some((receive) => receive.dataset === name || receive.snapshot === name)) return undefined;
    return (await isThere(this.#parts.layout.treeOf(name, label.kind))) ? { name, ...label } : undefined;
  }

  /** The label of a name. An unreadable one without a tree is what a power cut left of writing it. */
  async labelOf(name: string): Promise<Label | undefined> {
    const label = await this.#parts.labels.read(name);
    if (label !== "UNREADABLE") return label;
    const { layout } = this.#parts;
    if (!(await isThere(layout.treeOf(name, "DATASET"))) && !(await isThere(layout.treeOf(name, "SNAPSHOT")))) return undefined;
    throw new EngineError("STORAGE_FAILED", `The label file ${JSON.stringify(layout.labelFileOf(name))} cannot be understood.`, {
      action: "Restore it, or use the version of the engine that wrote it.",
    });
  }

  async require(name: string, kind?: Kind): Promise<StoredObject> {
    const object = await this.find(checkStorageName(name));
    if (object !== undefined && (kind === undefined || object.kind === kind)) return object;
    const what = kind?.toLowerCase() ?? "dataset or snapshot";
    throw new EngineError("NOT_FOUND", `There is no ${what} ${name} in the pool ${JSON.stringify(this.#parts.layout.location)}.`, {
      action: "Look at the pool again: it may have been deleted meanwhile.",
      details: { name },
    });
  }

  async treeOf(name: string): Promise<string> {
    return this.#parts.layout.treeOf(name, (await this.require(name)).kind);
  }

  targetOf(name: string, kind: Kind): TreeTarget {
    return { path: this.#parts.layout.treeOf(name, kind), stagedPath: this.#parts.layout.stagedTreeOf(name) };
  }
}
