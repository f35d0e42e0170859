import { readFile, readdir, rm } from "node:fs/promises";
import { isAbsent } from "../pool/is-there.ts";
import { isUnfinishedLabel, nameOfLabelFile, type PoolLayout } from "../pool/pool-layout.ts";
import { replaceDurably, syncDirectory, writeNewDurably } from "../pool/write-durably.ts";
import { formatLabel, parseLabel, type Label } from "./label.ts";

const READ_AT_ONCE = 64;

/** All sidecar files of a pool: those that can be understood, and the other entries of their directory. */
export interface AllLabels {
  readonly labels: ReadonlyMap<string, Label>;
  readonly unreadable: readonly string[];
}

/**
 * The sidecar files of a pool: one JSON file per dataset or snapshot, outside of users' data.
 *
 * A label is on disk before its tree appears and leaves after its tree is gone for good. So a tree without a label
 * is never ours, and a label without a tree, readable or not, is what a crash left.
 */
export class LabelStore {
  readonly #layout: PoolLayout;
  readonly #writeNew: (path: string, text: string) => Promise<void>;

  /** A back end that keeps the order of all changes in its pool by itself needs no new label flushed, and gives `writeNew`. */
  constructor(layout: PoolLayout, writeNew = writeNewDurably) {
    this.#layout = layout;
    this.#writeNew = writeNew;
  }

  /**
   * Writes the label of a tree that is not there yet, durably. Straight under its name: where a synced file is renamed,
   * btrfs commits all that the file system has in memory, which takes ten times longer than these two syncs.
   */
  async add(name: string, label: Label): Promise<void> {
    await this.#writeNew(this.#layout.labelFileOf(name), formatLabel(name, label));
  }

  /** Replaces the label of a tree that is there: at every moment it has the old or the new one. */
  async replace(name: string, label: Label): Promise<void> {
    const unfinished = this.#layout.unfinishedLabelOf(name);
    try {
      await replaceDurably(this.#layout.labelFileOf(name), formatLabel(name, label), unfinished);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async read(name: string): Promise<Label | "UNREADABLE" | undefined> {
    const text = await this.#text(name);
    return text === undefined ? undefined : (parseLabel(name, text) ?? "UNREADABLE");
  }

  async readAll(): Promise<AllLabels> {
    const labels = new Map<string, Label>();
    const unreadable: string[] = [];
    const entries = (await readdir(this.#layout.labels)).filter((entry) => !isUnfinishedLabel(entry));
    for (let start = 0; start < entries.length; start += READ_AT_ONCE) {
      const some = entries.slice(start, start + READ_AT_ONCE);
      await Promise.all(
        some.map(async (entry) => {
          const name = nameOfLabelFile(entry);
          const label = name === undefined ? "UNREADABLE" : await this.read(name);
          if (label === "UNREADABLE") unreadable.push(entry);
          else if (name !== undefined && label !== undefined) labels.set(name, label);
        }),
      );
    }
    return { labels, unreadable };
  }

  /** Removes a label and what was left of writing one, durably. One that is not there is fine. */
  async remove(name: string): Promise<void> {
    const removed = [await isRemoved(this.#layout.unfinishedLabelOf(name)), await isRemoved(this.#layout.labelFileOf(name))];
    if (removed.includes(true)) await syncDirectory(this.#layout.labels);
  }

  async #text(name: string): Promise<string | undefined> {
    try {
      return await readFile(this.#layout.labelFileOf(name), "utf8");
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }
}

async function isRemoved(path: string): Promise<boolean> {
  try {
    await rm(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
