import { statfs } from "node:fs/promises";
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
import type { Label } from "../labels/label.ts";
import { LabelStore } from "../labels/label-store.ts";
import { frameStream } from "../stream/frame-stream.ts";
import { checkCanceled } from "./check-canceled.ts";
import { KeyedQueue } from "./keyed-queue.ts";
import { listObjects, listStrangers } from "./listing.ts";
import { nameTaken } from "./name-taken.ts";
import { PoolGuard } from "./pool-guard.ts";
import type { PoolIdentity } from "./pool-identity.ts";
import type { PoolLayout } from "./pool-layout.ts";
import { PoolObjects } from "./pool-objects.ts";
import type { PoolParts } from "./pool-parts.ts";
import { receiveTrees } from "./receive.ts";
import { isFull } from "./storage-error.ts";
import { checkStorageName } from "./storage-name.ts";
import type { Trees, TreeTarget } from "./trees.ts";
import { withoutSignal } from "./without-signal.ts";

type Kind = StoredObject["kind"];

/** What is to be made, and for whom. */
interface Making {
  readonly name: string;
  readonly label: Label;
  readonly caller: StorageCaller;
}

/**
 * A pool that is a directory: names, labels and listings around the trees of a back end.
 *
 * The order that makes crashes harmless: a label is durable before its tree appears; a tree is gone for good before
 * its label goes. A listing shows what has both. Directories are made only when a pool is opened, never by a call:
 * where a pool was unmounted under the driver, every call fails and nothing is written beneath the mount point.
 */
export class DirectoryPoolDriver implements StorageDriver {
  readonly #parts: PoolParts;
  readonly #guard: PoolGuard;
  readonly #objects: PoolObjects;
  readonly #queue = new KeyedQueue();

  constructor(pool: { readonly layout: PoolLayout; readonly identity: PoolIdentity; readonly trees: Trees }) {
    this.#parts = { layout: pool.layout, trees: pool.trees, labels: new LabelStore(pool.layout, pool.trees.writeAhead) };
    this.#guard = new PoolGuard(pool.layout, pool.identity);
    this.#objects = new PoolObjects(this.#parts);
  }

  get technology(): string {
    return this.#parts.trees.technology;
  }

  get capabilities(): StorageCapabilities {
    return this.#parts.trees.capabilities;
  }

  async createDataset(request: StorageCaller & { readonly name: string; readonly labels: StorageLabels }): Promise<void> {
    const label: Label = { kind: "DATASET", parent: null, labels: request.labels };
    await this.#make({ name: request.name, label, caller: request }, (target) => this.#parts.trees.create(target, request));
  }

  async snapshot(
    request: StorageCaller & { readonly dataset: string; readonly name: string; readonly labels: StorageLabels },
  ): Promise<void> {
    const source = this.#parts.layout.treeOf(request.dataset, "DATASET");
    const label: Label = { kind: "SNAPSHOT", parent: request.dataset, labels: request.labels };
    await this.#make({ name: request.name, label, caller: request }, async (target) => {
      await this.#objects.require(request.dataset, "DATASET");
      await this.#parts.trees.copy(source, { ...target, isReadOnly: true }, request);
    });
  }

  async clone(
    request: StorageCaller & { readonly snapshot: string; readonly name: string; readonly labels: StorageLabels },
  ): Promise<void> {
    const source = this.#parts.layout.treeOf(request.snapshot, "SNAPSHOT");
    const label: Label = { kind: "DATASET", parent: request.snapshot, labels: request.labels };
    await this.#make({ name: request.name, label, caller: request }, async (target) => {
      await this.#objects.require(request.snapshot, "SNAPSHOT");
      await this.#parts.trees.copy(source, { ...target, isReadOnly: false }, request);
    });
  }

  async deleteDataset(name: string, caller: StorageCaller = {}): Promise<void> {
    await this.#delete(name, "DATASET", caller);
  }

  async deleteSnapshot(name: string, caller: StorageCaller = {}): Promise<void> {
    await this.#delete(name, "SNAPSHOT", caller);
  }

  pathOf(name: string, kind: Kind): string {
    return this.#parts.layout.treeOf(name, kind);
  }

  /** Trees are in the pool's own file system, which is there or not as a whole. */
  async makeReachable(dataset: string): Promise<void> {
    await this.#guard.run(`Reaching ${dataset}`, () => this.#objects.require(dataset, "DATASET"));
  }

  async find(name: string): Promise<StoredObject | undefined> {
    return this.#guard.run(`Looking for ${name}`, () => this.#objects.find(checkStorageName(name)));
  }

  async list(): Promise<readonly StoredObject[]> {
    return this.#guard.run("Listing the pool", () => listObjects(this.#parts.layout, this.#parts.labels));
  }

  async setLabels(name: string, labels: StorageLabels): Promise<void> {
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guard.run(`Labelling ${name}`, async () => {
        const { kind, parent } = await this.#objects.require(name);
        await this.#parts.labels.replace(name, { kind, parent, labels });
      }),
    );
  }

  async strangers(): Promise<readonly string[]> {
    return this.#guard.run("Looking for strangers in the pool", () => listStrangers(this.#parts.layout, this.#parts.labels));
  }

  async usage(): Promise<StorageUsage> {
    return this.#guard.run("Reading the pool's usage", async () => {
      const { bsize, blocks, bfree, bavail } = await statfs(this.#parts.layout.location);
      return { sizeBytes: blocks * bsize, usedBytes: (blocks - bfree) * bsize, freeBytes: bavail * bsize };
    });
  }

  async datasetUsage(name: string): Promise<DatasetUsage> {
    return this.#guard.run(`Measuring ${name}`, async () => this.#parts.trees.usageOf(await this.#objects.treeOf(name)));
  }

  async freedBytes(names: readonly string[]): Promise<{ readonly bytes: number; readonly isExact: boolean }> {
    return this.#guard.run("Measuring what a deletion frees", async () => {
      const paths = await Promise.all([...new Set(names)].map((name) => this.#objects.treeOf(name)));
      return paths.length === 0 ? { bytes: 0, isExact: true } : this.#parts.trees.freedBytes(paths);
    });
  }

  async send(request: StorageCaller & { readonly snapshot: string; readonly from?: string }): Promise<Readable> {
    return this.#guard.run(`Sending ${request.snapshot}`, async () => {
      await this.#objects.require(request.snapshot, "SNAPSHOT");
      if (request.from !== undefined) await this.#objects.require(request.from, "SNAPSHOT");
      const from = request.from === undefined ? undefined : this.#parts.layout.treeOf(request.from, "SNAPSHOT");
      return frameStream(this.technology, this.#parts.trees.send(this.#parts.layout.treeOf(request.snapshot, "SNAPSHOT"), from, request));
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
    const [dataset, snapshot] = [checkStorageName(request.dataset), checkStorageName(request.snapshot)];
    if (dataset === snapshot) throw nameTaken(dataset);
    try {
      await this.#queue.runBoth(dataset, snapshot, () =>
        this.#guard.run(`Receiving ${dataset}`, async () => {
          for (const name of [dataset, snapshot]) await this.#objects.free(name, request);
          await receiveTrees(this.#parts, request);
        }),
      );
    } finally {
      request.stream.destroy();
    }
  }

  async #make(making: Making, make: (target: TreeTarget) => Promise<void>): Promise<void> {
    const { name, caller } = making;
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guard.run(`Making ${name}`, async () => {
        checkCanceled(caller);
        await this.#objects.free(name, caller);
        try {
          await this.#makeOrClear(making, make);
        } catch (error) {
          if (!isFull(error)) throw error;
          await this.#parts.trees.reclaim(this.#parts.layout.location, caller).catch(() => undefined);
          await this.#makeOrClear(making, make);
        }
      }),
    );
  }

  async #makeOrClear({ name, label, caller }: Making, make: (target: TreeTarget) => Promise<void>): Promise<void> {
    try {
      await this.#parts.labels.add(name, label);
      await make(this.#objects.targetOf(name, label.kind));
    } catch (error) {
      // Without the caller's signal: what was cut off must still be cleared. What cannot be, no listing shows.
      await this.#objects.clear(name, label.kind, withoutSignal(caller)).catch(() => undefined);
      throw error;
    }
  }

  async #delete(name: string, kind: Kind, caller: StorageCaller): Promise<void> {
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guard.run(`Deleting ${name}`, async () => {
        await this.#objects.clearHalfReceived(name, caller);
        const label = await this.#objects.labelOf(name);
        if (label === undefined || label.kind === kind) await this.#objects.clear(name, label?.kind, caller);
      }),
    );
  }
}
