import { readFile, readdir, rm } from "node:fs/promises";
import { isAbsent } from "../pool/is-there.ts";
import { nameOfLabelFile, type PoolLayout } from "../pool/pool-layout.ts";
import { appendDurably, syncDirectory } from "../pool/write-durably.ts";
import { formatLabel, parseLabel, type Label } from "./label.ts";

const READ_AT_ONCE = 64;

/** All sidecar files of a pool: those that can be understood, and the other entries of their directory. */
export interface AllLabels {
  readonly labels: ReadonlyMap<string, Label>;
  readonly unreadable: readonly string[];
}

/**
 * The sidecar files of a pool: one file per dataset or snapshot, outside of users' data; its last line counts.
 *
 * A label is on disk before its tree appears and leaves after its tree is gone for good. So a tree without a label
 * is never ours, and a label without a tree, readable or not, is what a crash left.
 */
export class LabelStore {
  readonly #layout: PoolLayout;
  readonly #writeAhead: (path: string, text: string) => Promise<void>;

  /** @param writeAhead writes a new label so that no tree made after it is on disk before it */
  constructor(layout: PoolLayout, writeAhead: (path: string, text: string) => Promise<void>) {
    this.#layout = layout;
    this.#writeAhead = writeAhead;
  }

  /** Writes the label of a tree that is not there yet, before the tree can be on disk. */
  async add(name: string, label: Label): Promise<void> {
    await this.#writeAhead(this.#layout.labelFileOf(name), formatLabel(name, label));
  }

  /**
   * Replaces the label of a tree that is there: at every moment it has the old or the new one. The new one is a line behind the
   * old one: where a synced file is renamed over another, btrfs commits all that the file system has in memory, which takes ten
   * times longer than the sync of a line.
   */
  async replace(name: string, label: Label): Promise<void> {
    await appendDurably(this.#layout.labelFileOf(name), `\n${formatLabel(name, label)}`);
  }

  async read(name: string): Promise<Label | "UNREADABLE" | undefined> {
    const text = await this.#text(name);
    return text === undefined ? undefined : (parseLabel(name, text) ?? "UNREADABLE");
  }

  async readAll(): Promise<AllLabels> {
    const labels = new Map<string, Label>();
    const unreadable: string[] = [];
    const entries = await readdir(this.#layout.labels);
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

  /** Removes a label, durably. One that is not there is fine. */
  async remove(name: string): Promise<void> {
    try {
      await rm(this.#layout.labelFileOf(name));
    } catch (error) {
      if (isAbsent(error)) return;
      throw error;
    }
    await syncDirectory(this.#layout.labels);
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
