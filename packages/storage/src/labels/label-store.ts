import { readFile, readdir, rm } from "node:fs/promises";
import { EngineError } from "@opendvp/model";
import { nameOfLabelFile, type PoolLayout } from "../pool/pool-layout.ts";
import { syncDirectory, writeDurably } from "../pool/write-durably.ts";
import { formatLabel, parseLabel, type Label } from "./label.ts";

const READ_AT_ONCE = 64;

/** All sidecar files of a pool, and the entries of their directory that are none. */
export interface AllLabels {
  readonly labels: ReadonlyMap<string, Label>;
  readonly unreadable: readonly string[];
}

/**
 * The sidecar files of a pool: one JSON file per dataset or snapshot, outside of users' data.
 *
 * A label is on disk before its tree appears and leaves after its tree is gone for good. So a tree without a label
 * is never ours, and a label without a tree is what a crash left.
 */
export class LabelStore {
  readonly #layout: PoolLayout;

  constructor(layout: PoolLayout) {
    this.#layout = layout;
  }

  /** Writes or replaces a label, durably. */
  async write(name: string, label: Label): Promise<void> {
    const temporaryPath = this.#layout.stagedFileOf(name);
    try {
      await writeDurably(this.#layout.labelFileOf(name), formatLabel(name, label), temporaryPath);
    } catch (error) {
      await rm(temporaryPath, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** @throws EngineError `STORAGE_FAILED` where there is a file that cannot be understood */
  async read(name: string): Promise<Label | undefined> {
    const text = await this.#text(name);
    if (text === undefined) return undefined;
    const label = parseLabel(name, text);
    if (label !== undefined) return label;
    throw new EngineError("STORAGE_FAILED", `The label file ${JSON.stringify(this.#layout.labelFileOf(name))} cannot be understood.`, {
      action: "Restore it, or use the version of the engine that wrote it.",
    });
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
          const text = name === undefined ? "" : await this.#text(name);
          const label = name === undefined || text === undefined ? undefined : parseLabel(name, text);
          if (name !== undefined && label !== undefined) labels.set(name, label);
          else if (text !== undefined) unreadable.push(entry);
        }),
      );
    }
    return { labels, unreadable };
  }

  /** Removes a label, durably. One that is not there is fine. */
  async remove(name: string): Promise<void> {
    await rm(this.#layout.stagedFileOf(name), { force: true });
    await rm(this.#layout.labelFileOf(name), { force: true });
    await syncDirectory(this.#layout.labels);
  }

  async #text(name: string): Promise<string | undefined> {
    try {
      return await readFile(this.#layout.labelFileOf(name), "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  }
}
