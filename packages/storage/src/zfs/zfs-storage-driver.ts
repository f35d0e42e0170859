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
import { checkCanceled } from "../pool/check-canceled.ts";
import { KeyedQueue } from "../pool/keyed-queue.ts";
import { nameTaken } from "../pool/name-taken.ts";
import { checkPresence, type PoolIdentity } from "../pool/pool-identity.ts";
import { runProgram } from "../pool/run-program.ts";
import { asStorageError } from "../pool/storage-error.ts";
import { checkStorageName } from "../pool/storage-name.ts";
import { mountWhereAbsent } from "./mounting.ts";
import { receiveDataset, type ReceiveRequest } from "./receive.ts";
import { recordSizeOption } from "./record-size.ts";
import { sendSnapshot } from "./send.ts";
import { listStrangers } from "./strangers.ts";
import { freedBytes, poolUsage, readFigures, usageOf } from "./usage.ts";
import { notFound, ZfsObjects } from "./zfs-objects.ts";
import { hasMadeNothing, isAbsentInZfs, isTakenInZfs, runZfs, settle, withoutSignal } from "./zfs-program.ts";
import { zfsNameOf } from "./zfs-layout.ts";
import type { ZfsParts } from "./zfs-parts.ts";
import { formatObjectProperty } from "./zfs-properties.ts";

type Kind = StoredObject["kind"];

interface Making {
  readonly name: string;
  readonly label: Label;
  readonly caller: StorageCaller;
  /** What must have happened before as well, and takes its time. */
  readonly meanwhile?: () => Promise<unknown>;
}

/**
 * A pool that is a ZFS dataset. What an object is stands in a property that it is made with, the rest of its label in a
 * sidecar that is on disk before the object and removed after it. ZFS commits each change before its program ends.
 */
export class ZfsStorageDriver implements StorageDriver {
  readonly technology = "zfs";
  readonly capabilities: StorageCapabilities;
  readonly #parts: ZfsParts;
  readonly #identity: PoolIdentity;
  readonly #objects: ZfsObjects;
  readonly #queue = new KeyedQueue();

  constructor(pool: { readonly parts: ZfsParts; readonly identity: PoolIdentity; readonly capabilities: StorageCapabilities }) {
    this.#parts = pool.parts;
    this.#identity = pool.identity;
    this.capabilities = pool.capabilities;
    this.#objects = new ZfsObjects(pool.parts);
  }

  async createDataset(
    request: StorageCaller & { readonly name: string; readonly labels: StorageLabels; readonly recordSizeBytes?: number },
  ): Promise<void> {
    const { name, recordSizeBytes } = request;
    const label: Label = { kind: "DATASET", parent: null, labels: request.labels };
    await this.#make({ name, label, caller: request }, async (property) => {
      const options = recordSizeOption(recordSizeBytes, this.#parts.features);
      await runZfs(["create", "-o", property, ...options, this.#parts.layout.datasetOf(name)], request);
      this.#objects.rememberDataset(name, options.at(-1)?.replace("recordsize=", ""));
    });
  }

  async snapshot(
    request: StorageCaller & { readonly dataset: string; readonly name: string; readonly labels: StorageLabels },
  ): Promise<void> {
    const { dataset, name } = request;
    const label: Label = { kind: "SNAPSHOT", parent: dataset, labels: request.labels };
    // What programs have written through mapped memory is known to the kernel alone until then.
    const meanwhile = async (): Promise<void> => {
      await this.#objects.requireLabel(dataset, "DATASET");
      await runProgram("sync", ["--file-system", "--", this.#parts.layout.mountPathOf(dataset)], withoutSignal(request));
    };
    await this.#make({ name, label, caller: request, meanwhile }, async (property) => {
      await runZfs(["snapshot", "-o", property, `${this.#parts.layout.datasetOf(dataset)}@${zfsNameOf(name)}`], request);
      this.#objects.rememberSnapshot(name, dataset);
    });
  }

  async clone(
    request: StorageCaller & { readonly snapshot: string; readonly name: string; readonly labels: StorageLabels },
  ): Promise<void> {
    const { snapshot, name } = request;
    const label: Label = { kind: "DATASET", parent: snapshot, labels: request.labels };
    const meanwhile = (): Promise<unknown> => this.#objects.requireLabel(snapshot, "SNAPSHOT");
    await this.#make({ name, label, caller: request, meanwhile }, async (property) => {
      const dataset = this.#parts.layout.datasetOf(name);
      await this.#objects.withPlaceOf(snapshot, async ({ handle, recordSize }) => {
        await runZfs(["clone", "-o", property, "-o", `recordsize=${recordSize}`, handle, dataset], request);
        this.#objects.rememberDataset(name, recordSize);
      });
    });
  }

  async deleteDataset(name: string, caller: StorageCaller = {}): Promise<void> {
    await this.#delete(name, "DATASET", caller);
  }

  async deleteSnapshot(name: string, caller: StorageCaller = {}): Promise<void> {
    await this.#delete(name, "SNAPSHOT", caller);
  }

  pathOf(name: string, kind: Kind): string {
    if (kind === "DATASET") return this.#parts.layout.mountPathOf(name);
    checkStorageName(name);
    throw new EngineError("STORAGE_UNSUITABLE", "A snapshot in ZFS has no path that stays its own.", {
      action: "Read it through a clone.",
    });
  }

  async makeReachable(dataset: string, caller: StorageCaller = {}): Promise<void> {
    await this.#guarded(`Reaching ${dataset}`, async () => {
      await this.#objects.requireLabel(dataset, "DATASET");
      await mountWhereAbsent(this.#parts.layout, dataset, caller);
    });
  }

  async find(name: string): Promise<StoredObject | undefined> {
    return this.#looking(`Looking for ${name}`, () => this.#objects.find(checkStorageName(name)));
  }

  async list(): Promise<readonly StoredObject[]> {
    return this.#looking("Listing the pool", () => this.#objects.list());
  }

  async setLabels(name: string, labels: StorageLabels): Promise<void> {
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guarded(`Labelling ${name}`, async () => {
        const object = await this.#objects.find(name);
        if (object === undefined) throw notFound(name, undefined, this.#parts.layout.root);
        await this.#parts.labels.replace(name, { kind: object.kind, parent: object.parent, labels });
        // zfs-fuse flushes no directory, so the new name of a file may still be in memory alone.
        await settle(this.#parts.layout.root);
      }),
    );
  }

  async strangers(): Promise<readonly string[]> {
    return this.#looking("Looking for strangers in the pool", () => listStrangers(this.#parts));
  }

  async usage(): Promise<StorageUsage> {
    return this.#guarded("Reading the pool's usage", () => poolUsage(this.#parts));
  }

  async datasetUsage(name: string): Promise<DatasetUsage> {
    return this.#looking(`Measuring ${name}`, async () => {
      const { inventory, object } = await this.#objects.require(name);
      const dataset = "snapshots" in object ? object.handle : object.dataset;
      return usageOf(inventory, await readFigures(this.#parts, dataset), object);
    });
  }

  async freedBytes(names: readonly string[]): Promise<{ readonly bytes: number; readonly isExact: boolean }> {
    return this.#looking("Measuring what a deletion frees", async () => {
      if (names.length === 0) return { bytes: 0, isExact: true };
      for (const name of names) await this.#objects.requireLabel(name);
      const inventory = await this.#objects.inventory();
      const missing = names.find((name) => inventory.find(name) === undefined);
      if (missing !== undefined) throw notFound(missing, undefined, this.#parts.layout.root);
      return freedBytes(inventory, await readFigures(this.#parts, this.#parts.layout.root), new Set(names));
    });
  }

  async send(request: StorageCaller & { readonly snapshot: string; readonly from?: string }): Promise<Readable> {
    return this.#guarded(`Sending ${request.snapshot}`, async () => {
      const from = request.from === undefined ? undefined : await this.#objects.requireSnapshot(request.from);
      const snapshot = await this.#objects.requireSnapshot(request.snapshot);
      return sendSnapshot(await this.#objects.inventory(), { snapshot, from }, request);
    });
  }

  async receive(request: ReceiveRequest): Promise<void> {
    const [first = "", second = ""] = [checkStorageName(request.dataset), checkStorageName(request.snapshot)].sort();
    if (first === second) throw nameTaken(first);
    try {
      await this.#queue.run(first, () =>
        this.#queue.run(second, () => this.#guarded(`Receiving ${request.dataset}`, () => this.#receive(request))),
      );
    } finally {
      request.stream.destroy();
    }
  }

  async #receive(request: ReceiveRequest): Promise<void> {
    const names = [request.dataset, request.snapshot];
    for (const name of names) await this.#objects.free(name, request);
    const inventory = await this.#objects.inventory();
    // What lost its label, as when a backup of the pool's own dataset is restored, still has its name, and its data.
    const taken = names.find((name) => inventory.find(name) !== undefined);
    if (taken !== undefined) throw nameTaken(taken);
    try {
      await receiveDataset(this.#parts, request);
    } catch (error) {
      for (const name of names) await this.#objects.clear(name, undefined, withoutSignal(request)).catch(() => undefined);
      throw isTakenInZfs(error) ? nameTaken(request.dataset) : error;
    }
  }

  async #make({ name, label, caller, meanwhile }: Making, make: (property: string) => Promise<void>): Promise<void> {
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guarded(`Making ${name}`, async () => {
        checkCanceled(caller);
        await this.#objects.free(name, caller);
        let hasBegun = false;
        try {
          await together([this.#parts.labels.add(name, label), ...(meanwhile === undefined ? [] : [meanwhile()])]);
          hasBegun = true;
          await make(formatObjectProperty({ name, kind: label.kind, parent: label.parent }));
          checkCanceled(caller);
        } catch (error) {
          // What has the name already keeps it, whether it has a label or lost it: then only the label is ours.
          const clearing =
            hasBegun && !hasMadeNothing(error)
              ? this.#objects.clear(name, label.kind, withoutSignal(caller))
              : this.#parts.labels.remove(name);
          // Without the caller's signal: what was cut off must still be cleared. What cannot be, no listing shows.
          await clearing.catch(() => undefined);
          if (isTakenInZfs(error)) throw nameTaken(name);
          throw isAbsentInZfs(error) && label.parent !== null ? notFound(label.parent, undefined, this.#parts.layout.root) : error;
        }
      }),
    );
  }

  async #delete(name: string, kind: Kind, caller: StorageCaller): Promise<void> {
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guarded(`Deleting ${name}`, async () => {
        const label = await this.#objects.labelOf(name);
        if (label === undefined || label.kind === kind) await this.#objects.clear(name, label === undefined ? "NEITHER" : kind, caller);
      }),
    );
  }

  /** What is looked at may be deleted, or moved by a promotion, between two commands: then it is looked at once more. */
  async #looking<T>(what: string, work: () => Promise<T>): Promise<T> {
    return this.#guarded(what, async () => {
      try {
        return await work();
      } catch (error) {
        if (!isAbsentInZfs(error)) throw error;
        return work();
      }
    });
  }

  /** Runs a call on the pool that was opened, and only on that; what fails because the pool went away says so. */
  async #guarded<T>(what: string, work: () => Promise<T>): Promise<T> {
    await checkPresence(this.#parts.layout, this.#identity);
    try {
      return await work();
    } catch (thrown) {
      const error = asStorageError(thrown, what);
      if (error.code === "STORAGE_FAILED" || error.code === "NOT_FOUND") await checkPresence(this.#parts.layout, this.#identity);
      throw error;
    }
  }
}

/** Waits for the end of all, also of those that go on after one has failed: they must not come after its clean-up. */
async function together(works: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) if (result.status === "rejected") throw result.reason;
}
