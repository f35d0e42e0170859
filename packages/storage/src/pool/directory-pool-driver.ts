import { lstat, statfs } from "node:fs/promises";
import type { Readable } from "node:stream";
import type {
  DatasetUsage,
  StorageCaller,
  StorageCapabilities,
  StorageDriver,
  StorageLabels,
  StorageUsage,
  StoredObject,
} from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import type { Label } from "../labels/label.ts";
import { LabelStore } from "../labels/label-store.ts";
import { frameStream } from "../stream/frame-stream.ts";
import { checkCanceled } from "./check-canceled.ts";
import { KeyedQueue } from "./keyed-queue.ts";
import { halfReceived, listObjects, listStrangers } from "./listing.ts";
import { checkPresence, type PoolIdentity } from "./pool-identity.ts";
import type { PoolLayout } from "./pool-layout.ts";
import { receiveTrees, removeHalfReceived } from "./receive.ts";
import { asStorageError } from "./storage-error.ts";
import { checkStorageName } from "./storage-name.ts";
import type { Trees, TreeTarget } from "./trees.ts";

type Kind = StoredObject["kind"];

/**
 * A pool that is a directory: names, labels and listings around the trees of a back end.
 *
 * The order that makes crashes harmless: a label is durable before its tree appears; a tree is gone for good before
 * its label goes. A listing shows what has both. Directories are made only when a pool is opened, never by a call:
 * where a pool was unmounted under the driver, every call fails and nothing is written beneath the mount point.
 */
export class DirectoryPoolDriver implements StorageDriver {
  readonly #layout: PoolLayout;
  readonly #identity: PoolIdentity;
  readonly #trees: Trees;
  readonly #labels: LabelStore;
  readonly #queue = new KeyedQueue();

  constructor(pool: { readonly layout: PoolLayout; readonly identity: PoolIdentity; readonly trees: Trees }) {
    this.#layout = pool.layout;
    this.#identity = pool.identity;
    this.#trees = pool.trees;
    this.#labels = new LabelStore(pool.layout);
  }

  get technology(): string {
    return this.#trees.technology;
  }

  get capabilities(): StorageCapabilities {
    return this.#trees.capabilities;
  }

  async createDataset(request: StorageCaller & { readonly name: string; readonly labels: StorageLabels }): Promise<void> {
    const label: Label = { kind: "DATASET", parent: null, labels: request.labels };
    await this.#make(request.name, label, request, (target) => this.#trees.create(target, request));
  }

  async snapshot(
    request: StorageCaller & { readonly dataset: string; readonly name: string; readonly labels: StorageLabels },
  ): Promise<void> {
    const source = this.#layout.treeOf(request.dataset, "DATASET");
    const label: Label = { kind: "SNAPSHOT", parent: request.dataset, labels: request.labels };
    await this.#make(request.name, label, request, async (target) => {
      await this.#require(request.dataset, "DATASET");
      await this.#trees.copy(source, { ...target, isReadOnly: true }, request);
    });
  }

  async clone(
    request: StorageCaller & { readonly snapshot: string; readonly name: string; readonly labels: StorageLabels },
  ): Promise<void> {
    const source = this.#layout.treeOf(request.snapshot, "SNAPSHOT");
    const label: Label = { kind: "DATASET", parent: request.snapshot, labels: request.labels };
    await this.#make(request.name, label, request, async (target) => {
      await this.#require(request.snapshot, "SNAPSHOT");
      await this.#trees.copy(source, { ...target, isReadOnly: false }, request);
    });
  }

  async deleteDataset(name: string, caller: StorageCaller = {}): Promise<void> {
    await this.#delete(name, "DATASET", caller);
  }

  async deleteSnapshot(name: string, caller: StorageCaller = {}): Promise<void> {
    await this.#delete(name, "SNAPSHOT", caller);
  }

  pathOf(name: string, kind: Kind): string {
    return this.#layout.treeOf(name, kind);
  }

  async find(name: string): Promise<StoredObject | undefined> {
    return this.#guarded(`Looking for ${name}`, () => this.#find(checkStorageName(name)));
  }

  async list(): Promise<readonly StoredObject[]> {
    return this.#guarded("Listing the pool", () => listObjects(this.#layout, this.#labels));
  }

  async setLabels(name: string, labels: StorageLabels): Promise<void> {
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guarded(`Labelling ${name}`, async () => {
        const { kind, parent } = await this.#require(name);
        await this.#labels.write(name, { kind, parent, labels });
      }),
    );
  }

  async strangers(): Promise<readonly string[]> {
    return this.#guarded("Looking for strangers in the pool", () => listStrangers(this.#layout, this.#labels));
  }

  async usage(): Promise<StorageUsage> {
    return this.#guarded("Reading the pool's usage", async () => {
      const { bsize, blocks, bfree, bavail } = await statfs(this.#layout.location);
      return { sizeBytes: blocks * bsize, usedBytes: (blocks - bfree) * bsize, freeBytes: bavail * bsize };
    });
  }

  async datasetUsage(name: string): Promise<DatasetUsage> {
    return this.#guarded(`Measuring ${name}`, async () => this.#trees.usageOf(await this.#treeOf(name)));
  }

  async freedBytes(names: readonly string[]): Promise<{ readonly bytes: number; readonly isExact: boolean }> {
    return this.#guarded("Measuring what a deletion frees", async () => {
      const paths = await Promise.all([...new Set(names)].map((name) => this.#treeOf(name)));
      return paths.length === 0 ? { bytes: 0, isExact: true } : this.#trees.freedBytes(paths);
    });
  }

  async send(request: StorageCaller & { readonly snapshot: string; readonly from?: string }): Promise<Readable> {
    return this.#guarded(`Sending ${request.snapshot}`, async () => {
      await this.#require(request.snapshot, "SNAPSHOT");
      if (request.from !== undefined) await this.#require(request.from, "SNAPSHOT");
      const from = request.from === undefined ? undefined : this.#layout.treeOf(request.from, "SNAPSHOT");
      return frameStream(this.technology, this.#trees.send(this.#layout.treeOf(request.snapshot, "SNAPSHOT"), from, request));
    });
  }

  async receive(
    request: StorageCaller & {
      readonly stream: Readable;
      readonly dataset: string;
      readonly snapshot: string;
      readonly labels: { readonly dataset: StorageLabels; readonly snapshot: StorageLabels };
    },
  ): Promise<void> {
    const [first = "", second = ""] = [checkStorageName(request.dataset), checkStorageName(request.snapshot)].sort();
    if (first === second) throw nameTaken(first);
    try {
      await this.#queue.run(first, () =>
        this.#queue.run(second, () =>
          this.#guarded(`Receiving ${request.dataset}`, async () => {
            await this.#free(first, request);
            await this.#free(second, request);
            await receiveTrees(this.#pool(), request);
          }),
        ),
      );
    } finally {
      request.stream.destroy();
    }
  }

  async #make(name: string, label: Label, caller: StorageCaller, make: (target: TreeTarget) => Promise<void>): Promise<void> {
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guarded(`Making ${name}`, async () => {
        checkCanceled(caller);
        await this.#free(name, caller);
        try {
          await this.#makeOrClear(name, label, caller, make);
        } catch (error) {
          if (asStorageError(error, name).code !== "STORAGE_FULL") throw error;
          await this.#trees.reclaim(this.#layout.location, caller).catch(() => undefined);
          await this.#makeOrClear(name, label, caller, make);
        }
      }),
    );
  }

  async #makeOrClear(name: string, label: Label, caller: StorageCaller, make: (target: TreeTarget) => Promise<void>): Promise<void> {
    try {
      await this.#labels.write(name, label);
      await make(this.#targetOf(name, label.kind));
    } catch (error) {
      // Without the caller's signal: what was cut off must still be cleared. What cannot be, no listing shows.
      await this.#clear(name, label.kind, withoutSignal(caller)).catch(() => undefined);
      throw error;
    }
  }

  async #delete(name: string, kind: Kind, caller: StorageCaller): Promise<void> {
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guarded(`Deleting ${name}`, async () => {
        await this.#clearHalfReceived(name, caller);
        const label = await this.#labels.read(name);
        if (label === undefined || label.kind === kind) await this.#clear(name, label?.kind, caller);
      }),
    );
  }

  /** Makes a name usable: refuses what is there, and clears what a crash left of it. */
  async #free(name: string, caller: StorageCaller): Promise<void> {
    if ((await this.#find(name)) !== undefined) throw nameTaken(name);
    await this.#clearHalfReceived(name, caller);
    const label = await this.#labels.read(name);
    await this.#clear(name, label?.kind, caller);
    for (const kind of ["DATASET", "SNAPSHOT"] as const) {
      if (await isThere(this.#layout.treeOf(name, kind))) throw nameTaken(name);
    }
  }

  /** Removes a tree that has a label (without one, it is a stranger's), what was staged for it, then the label. */
  async #clear(name: string, kind: Kind | undefined, caller: StorageCaller): Promise<void> {
    const staged = this.#layout.stagedTreeOf(name);
    if (kind !== undefined) await this.#trees.remove(this.#targetOf(name, kind), caller);
    else if (await isThere(staged)) await this.#trees.remove({ path: staged, stagedPath: staged }, caller);
    if (kind !== undefined || (await isThere(this.#layout.stagedFileOf(name)))) await this.#labels.remove(name);
  }

  async #clearHalfReceived(name: string, caller: StorageCaller): Promise<void> {
    for (const receive of await halfReceived(this.#layout)) {
      if (receive.dataset === name || receive.snapshot === name) await removeHalfReceived(this.#pool(), receive, caller);
    }
  }

  async #find(name: string): Promise<StoredObject | undefined> {
    const label = await this.#labels.read(name);
    if (label === undefined || !(await isThere(this.#layout.treeOf(name, label.kind)))) return undefined;
    const isHalfReceived = (await halfReceived(this.#layout)).some((receive) => receive.dataset === name || receive.snapshot === name);
    return isHalfReceived ? undefined : { name, ...label };
  }

  async #require(name: string, kind?: Kind): Promise<StoredObject> {
    const object = await this.#find(checkStorageName(name));
    if (object !== undefined && (kind === undefined || object.kind === kind)) return object;
    throw new EngineError(
      "NOT_FOUND",
      `There is no ${kind?.toLowerCase() ?? "dataset or snapshot"} ${name} in the pool ${this.#layout.location}.`,
      {
        action: "Refresh what you see of the pool: it may have been deleted meanwhile.",
        details: { name },
      },
    );
  }

  async #treeOf(name: string): Promise<string> {
    return this.#layout.treeOf(name, (await this.#require(name)).kind);
  }

  #targetOf(name: string, kind: Kind): TreeTarget {
    return { path: this.#layout.treeOf(name, kind), stagedPath: this.#layout.stagedTreeOf(name) };
  }

  #pool(): { readonly layout: PoolLayout; readonly labels: LabelStore; readonly trees: Trees } {
    return { layout: this.#layout, labels: this.#labels, trees: this.#trees };
  }

  /** Runs a call on the pool that was opened, and only on that; what fails because the pool went away says so. */
  async #guarded<T>(what: string, work: () => Promise<T>): Promise<T> {
    await checkPresence(this.#layout, this.#identity);
    try {
      return await work();
    } catch (thrown) {
      const error = asStorageError(thrown, what);
      if (error.code === "STORAGE_FAILED" || error.code === "NOT_FOUND") await checkPresence(this.#layout, this.#identity);
      throw error;
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

function withoutSignal(caller: StorageCaller): StorageCaller {
  return caller.mark === undefined ? {} : { mark: caller.mark };
}

function nameTaken(name: string): EngineError {
  return new EngineError("NAME_TAKEN", `The pool already has something with the name ${name}.`, {
    action: "Choose a name that was never used.",
    details: { name },
  });
}
