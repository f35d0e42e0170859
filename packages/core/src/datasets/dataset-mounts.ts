import type { Reference } from "@opendvp/model";
import type { Host } from "../entities/environment.ts";
import type { Mount } from "../entities/mount.ts";
import type { Timeflow } from "../entities/timeflow.ts";
import type { Catalog, Change } from "../ports/catalog.ts";
import type { Mounter } from "../ports/mounter.ts";
import type { StorageDriver } from "../ports/storage-driver.ts";
import type { MountSpecification } from "../plugins/mount-specification.ts";
import { checkOutsideSources } from "./check-outside-sources.ts";
import { MadeDirectories } from "./made-directories.ts";
import type { Scene, Scenes } from "./scenes.ts";

/** One mount of a specification, checked, with the directories that are to be made for it. Plain JSON. */
export type PlannedMount = {
  readonly environment: Reference<"UNIX_HOST_ENVIRONMENT">;
  readonly mountPath: string;
  readonly sharedPath: string;
  readonly directoriesToMake: readonly string[];
  /** It is mounted there already, as the catalog says. */
  readonly isThere: boolean;
};

export type MountPlan = {
  readonly mounts: readonly PlannedMount[];
  readonly ownership?: { readonly uid: number; readonly gid: number };
};

export interface MountParts {
  readonly catalog: Catalog;
  readonly scenes: Scenes;
  readonly mounterFor: (host: Host) => Mounter;
  readonly now: () => string;
}

/** Puts the head dataset of a timeflow at its mount points, and takes it away. */
export class DatasetMounts {
  readonly #parts: MountParts;
  readonly #made: MadeDirectories;

  constructor(parts: MountParts) {
    this.#parts = parts;
    this.#made = new MadeDirectories(parts.catalog);
  }

  /** The mounts of a timeflow, as the catalog knows them. */
  of(timeflow: Reference<"APPDATA_TIMEFLOW">): Promise<readonly Mount[]> {
    return this.#parts.catalog.objects.mounts.list({ where: { timeflow } });
  }

  /** Checks where the plugin wants the dataset; `known` are its mounts so far. @throws EngineError `MOUNT_POINT_REFUSED` */
  async plan(
    at: { readonly scene: Scene; readonly timeflow: Timeflow },
    wanted: MountSpecification,
    known: readonly Mount[],
  ): Promise<MountPlan> {
    const there = await this.present(at.scene, known);
    const fresh = wanted.mounts.filter((mount) => !known.some((other) => isSamePlace(other, mount)));
    await checkOutsideSources(this.#parts.catalog.objects, at.scene.dataset, fresh);
    const mounts: PlannedMount[] = [];
    for (const mount of wanted.mounts) {
      const isThere = there.some((other) => isSamePlace(other, mount) && other.sharedPath === mount.sharedPath);
      const { mounter, connection } = await this.#at(mount.environment);
      const plan = isThere ? { directoriesToMake: [] } : await mounter.plan(connection, mount.mountPath);
      // A mount lost in a reboot has left the directories that were made for it: they are still the engine's to remove.
      const formerlyMade = known.find((other) => isSamePlace(other, mount))?.createdDirectories ?? [];
      const above = await this.#made.above(mount.environment, mount.mountPath);
      const directoriesToMake = [...new Set([...above, ...formerlyMade, ...plan.directoriesToMake])];
      await this.#made.add(mount.environment, directoriesToMake);
      mounts.push({ ...mount, directoriesToMake, isThere });
    }
    const ownership = wanted.ownership ?? (await this.#defaultOwnership(at));
    return ownership === undefined ? { mounts } : { mounts, ownership };
  }

  // A dataset made empty belongs to its environment user from the start; later, and in a clone, the owner is the data's own affair.
  async #defaultOwnership({ scene, timeflow }: { readonly scene: Scene; readonly timeflow: Timeflow }): Promise<MountPlan["ownership"]> {
    const isMadeEmpty = timeflow.origin === "LINK" || timeflow.origin === "EMPTY";
    if (!isMadeEmpty || scene.dataset.stage !== "CREATING") return undefined;
    const connection = await this.#parts.scenes.connect(scene.place);
    const { uid, gid } = await connection.checkUser(scene.place.user.name);
    return { uid, gid };
  }

  /** Which of these mounts are really mounted now. */
  async present(scene: Scene, known: readonly Mount[]): Promise<readonly Mount[]> {
    const present: Mount[] = [];
    for (const environment of new Set(known.map((mount) => mount.environment))) {
      const here = known.filter((mount) => mount.environment === environment);
      const { mounter, connection } = await this.#at(environment);
      const expected = here.map((mount) => ({
        mountPath: mount.mountPath,
        sharedPath: mount.sharedPath,
        datasetPath: pathOf(scene.storage, mount),
      }));
      const paths = new Set(await mounter.mounted(connection, expected));
      present.push(...here.filter((mount) => paths.has(mount.mountPath)));
    }
    return present;
  }

  /** Whether everything that should be mounted is. False where nothing is known to be mounted. */
  async areComplete(scene: Scene, timeflow: Timeflow): Promise<boolean> {
    const known = await this.of(timeflow.reference);
    return known.length > 0 && (await this.present(scene, known)).length === known.length;
  }

  /** Mounts one; may be repeated. */
  async mount(
    work: { readonly scene: Scene; readonly timeflow: Timeflow; readonly mark: string },
    plan: MountPlan,
    mount: PlannedMount,
  ): Promise<void> {
    const { mounter, connection } = await this.#at(mount.environment);
    await mounter.mount(connection, {
      datasetPath: work.scene.storage.pathOf(storageNameOf(work.timeflow), "DATASET"),
      sharedPath: mount.sharedPath,
      mountPath: mount.mountPath,
      directoriesToMake: mount.directoriesToMake,
      mark: work.mark,
      ...(plan.ownership === undefined ? {} : { ownership: plan.ownership }),
    });
  }

  /** The changes that say it is mounted. A mount that is back at its place after a reboot replaces its row. */
  async recorded(reference: Reference<"MOUNT">, timeflow: Timeflow, mount: PlannedMount): Promise<readonly Change[]> {
    const former = (await this.of(timeflow.reference)).filter((other) => isSamePlace(other, mount));
    const row: Mount = {
      reference,
      container: timeflow.container,
      timeflow: timeflow.reference,
      environment: mount.environment,
      storageName: storageNameOf(timeflow),
      mountPath: mount.mountPath,
      sharedPath: mount.sharedPath,
      createdDirectories: mount.directoriesToMake,
      createdAt: this.#parts.now(),
    };
    return [...former.map((other) => ({ collection: "mounts", remove: other.reference }) as const), { collection: "mounts", insert: row }];
  }

  /** Mounts again what was taken away, at the same places; may be repeated. Returns the changes that say so. */
  async mountAgain(
    work: { readonly scene: Scene; readonly timeflow: Timeflow; readonly mark: string },
    rows: readonly Mount[],
  ): Promise<readonly Change[]> {
    for (const row of rows) {
      await this.mount(work, { mounts: [] }, { ...row, directoriesToMake: row.createdDirectories, isThere: false });
    }
    return rows.flatMap((row): Change[] => [
      { collection: "mounts", remove: row.reference },
      { collection: "mounts", insert: row },
    ]);
  }

  /** Ends what uses a mount of ours and unmounts it; may be repeated. What others have mounted there stays. For undoing. */
  async clear(work: { readonly scene: Scene; readonly timeflow: Timeflow; readonly mark: string }, mount: PlannedMount): Promise<void> {
    const row = { ...mount, storageName: storageNameOf(work.timeflow), createdDirectories: mount.directoriesToMake };
    await this.#takeAway([row], { ...work, endUsers: true });
  }

  /** Unmounts all mounts of a timeflow, the innermost first; may be repeated. Returns the changes that say so. */
  async unmountAll(
    work: { readonly scene: Scene; readonly mark: string; readonly endUsers?: boolean },
    timeflow: Reference<"APPDATA_TIMEFLOW">,
  ): Promise<readonly Change[]> {
    const mounts = [...(await this.of(timeflow))].sort((a, b) => b.mountPath.length - a.mountPath.length);
    await this.#takeAway(mounts, work);
    return mounts.map((mount) => ({ collection: "mounts", remove: mount.reference }));
  }

  async #takeAway(
    mounts: readonly Pick<Mount, "environment" | "mountPath" | "sharedPath" | "storageName" | "createdDirectories">[],
    work: { readonly scene: Scene; readonly mark: string; readonly endUsers?: boolean },
  ): Promise<void> {
    for (const mount of mounts) {
      const { mounter, connection } = await this.#at(mount.environment);
      const expected = { ...mount, datasetPath: work.scene.storage.pathOf(mount.storageName, "DATASET") };
      const isOurs = (await mounter.mounted(connection, [expected])).length > 0;
      if (isOurs) {
        if (work.endUsers === true) await connection.endUsersOf(mount.mountPath);
        await mounter.unmount(connection, { mountPath: mount.mountPath, createdDirectories: mount.createdDirectories, mark: work.mark });
      } else {
        for (const directory of [...mount.createdDirectories].reverse()) await connection.elevated.removeDirectory(directory);
      }
    }
    this.#made.forget();
  }

  /** Ends whatever uses the mounts of a timeflow. */
  async endUsers(timeflow: Reference<"APPDATA_TIMEFLOW">): Promise<void> {
    for (const mount of await this.of(timeflow)) {
      const { connection } = await this.#at(mount.environment);
      await connection.endUsersOf(mount.mountPath);
    }
  }

  async #at(
    environment: Reference<"UNIX_HOST_ENVIRONMENT">,
  ): Promise<{ mounter: Mounter; connection: Awaited<ReturnType<Scenes["connect"]>> }> {
    const host = await this.#parts.scenes.hostOf(environment);
    return { mounter: this.#parts.mounterFor(host), connection: await this.#parts.scenes.connect({ host }) };
  }
}

function isSamePlace(one: Pick<Mount, "environment" | "mountPath">, other: Pick<Mount, "environment" | "mountPath">): boolean {
  return one.environment === other.environment && one.mountPath === other.mountPath;
}

/** The storage name of a timeflow's head dataset. */
export function storageNameOf(timeflow: Timeflow): string {
  if (timeflow.storageName === null) throw new Error(`${timeflow.reference} has given up its head dataset.`);
  return timeflow.storageName;
}

function pathOf(storage: StorageDriver, mount: Mount): string {
  return storage.pathOf(mount.storageName, "DATASET");
}
