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
import { KeyedQueue } from "../pool/keyed-queue.ts";
import { nameTaken } from "../pool/name-taken.ts";
import { PoolGuard } from "../pool/pool-guard.ts";
import type { PoolIdentity } from "../pool/pool-identity.ts";
import { runProgram } from "../pool/run-program.ts";
import { checkStorageName } from "../pool/storage-name.ts";
import { withoutSignal } from "../pool/without-signal.ts";
import { makeObject, type Making } from "./make-object.ts";
import { mountWhereAbsent } from "./mounting.ts";
import { receiveDataset, type ReceiveRequest } from "./receive.ts";
import { recordSizeFor } from "./record-size.ts";
import { sendSnapshot } from "./send.ts";
import { listStrangers } from "./strangers.ts";
import { freedBytes, poolUsage, readFigures, usageOf } from "./usage.ts";
import { notFound, ZfsObjects } from "./zfs-objects.ts";
import { isAbsentInZfs, isTakenInZfs, runZfs, settle } from "./zfs-program.ts";
import { zfsNameOf } from "./zfs-layout.ts";
import type { ZfsParts } from "./zfs-parts.ts";

type Kind = StoredObject["kind"];

/**
 * A pool that is a ZFS dataset. What an object is stands in a property that it is made with, the rest of its label in a
 * sidecar that is on disk before the object and removed after it. ZFS commits each change before its program ends.
 */
export class ZfsStorageDriver implements StorageDriver {
  readonly technology = "zfs";
  readonly capabilities: StorageCapabilities;
  readonly #parts: ZfsParts;
  readonly #guard: PoolGuard;
  readonly #objects: ZfsObjects;
  readonly #queue = new KeyedQueue();

  constructor(pool: { readonly parts: ZfsParts; readonly identity: PoolIdentity; readonly capabilities: StorageCapabilities }) {
    this.#parts = pool.parts;
    this.#guard = new PoolGuard(pool.parts.layout, pool.identity);
    this.capabilities = pool.capabilities;
    this.#objects = new ZfsObjects(pool.parts);
  }

  async createDataset(
    request: StorageCaller & { readonly name: string; readonly labels: StorageLabels; readonly recordSizeBytes?: number },
  ): Promise<void> {
    const { name, recordSizeBytes } = request;
    const label: Label = { kind: "DATASET", parent: null, labels: request.labels };
    const make = async (property: string): Promise<void> => {
      const recordSize = recordSizeBytes === undefined ? undefined : String(recordSizeFor(recordSizeBytes, this.#parts.features));
      const options = recordSize === undefined ? [] : ["-o", `recordsize=${recordSize}`];
      await runZfs(["create", "-o", property, ...options, this.#parts.layout.datasetOf(name)], request);
      this.#objects.rememberDataset(name, recordSize);
    };
    await this.#make({ name, label, caller: request, make });
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
    const make = async (property: string): Promise<void> => {
      await runZfs(["snapshot", "-o", property, `${this.#parts.layout.datasetOf(dataset)}@${zfsNameOf(name)}`], request);
      this.#objects.rememberSnapshot(name, dataset);
    };
    await this.#make({ name, label, caller: request, meanwhile, make });
  }

  async clone(
    request: StorageCaller & { readonly snapshot: string; readonly name: string; readonly labels: StorageLabels },
  ): Promise<void> {
    const { snapshot, name } = request;
    const label: Label = { kind: "DATASET", parent: snapshot, labels: request.labels };
    const meanwhile = (): Promise<unknown> => this.#objects.requireLabel(snapshot, "SNAPSHOT");
    const make = async (property: string): Promise<void> => {
      const dataset = this.#parts.layout.datasetOf(name);
      await this.#objects.withPlaceOf(snapshot, async ({ handle, recordSize }) => {
        await runZfs(["clone", "-o", property, "-o", `recordsize=${recordSize}`, handle, dataset], request);
        this.#objects.rememberDataset(name, recordSize);
      });
    };
    await this.#make({ name, label, caller: request, meanwhile, make });
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
    await this.#guard.run(`Reaching ${dataset}`, async () => {
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
      this.#guard.run(`Labelling ${name}`, async () => {
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
    return this.#guard.run("Reading the pool's usage", () => poolUsage(this.#parts));
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
    return this.#guard.run(`Sending ${request.snapshot}`, async () => {
      const from = request.from === undefined ? undefined : await this.#objects.requireSnapshot(request.from);
      const snapshot = await this.#objects.requireSnapshot(request.snapshot);
      return sendSnapshot(await this.#objects.inventory(), { snapshot, from }, request);
    });
  }

  async receive(request: ReceiveRequest): Promise<void> {
    const [dataset, snapshot] = [checkStorageName(request.dataset), checkStorageName(request.snapshot)];
    if (dataset === snapshot) throw nameTaken(dataset);
    try {
      await this.#queue.runBoth(dataset, snapshot, () => this.#guard.run(`Receiving ${dataset}`, () => this.#receive(request)));
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

  async #make(making: Making): Promise<void> {
    const { name } = making;
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guard.run(`Making ${name}`, () => makeObject({ parts: this.#parts, objects: this.#objects }, making)),
    );
  }

  async #delete(name: string, kind: Kind, caller: StorageCaller): Promise<void> {
    checkStorageName(name);
    await this.#queue.run(name, () =>
      this.#guard.run(`Deleting ${name}`, async () => {
        const label = await this.#objects.labelOf(name);
        if (label === undefined || label.kind === kind) await this.#objects.clear(name, label === undefined ? "NEITHER" : kind, caller);
      }),
    );
  }

  /** What is looked at may be deleted, or moved by a promotion, between two commands: then it is looked at once more. */
  async #looking<T>(what: string, work: () => Promise<T>): Promise<T> {
    return this.#guard.run(what, async () => {
      try {
        return await work();
      } catch (error) {
        if (!isAbsentInZfs(error)) throw error;
        return work();
      }
    });
  }
}
