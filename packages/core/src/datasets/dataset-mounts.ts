import { EngineError, type Reference } from "@opendvp/model";
import type { Mount } from "../entities/mount.ts";
import type { Timeflow } from "../entities/timeflow.ts";
import type { MountSpecification } from "../plugins/mount-specification.ts";
import type { Change } from "../ports/catalog.ts";
import type { StorageDriver } from "../ports/storage-driver.ts";
import { MadeDirectories } from "./made-directories.ts";
import { mounterAt, type MountParts } from "./mount-parts.ts";
import { innermostFirst, isSamePlace, type MountPlan, type PlannedMount } from "./mount-plan.ts";
import { MountPlanning } from "./mount-planning.ts";
import { nameDatasetsInside } from "./name-datasets-inside.ts";
import type { Scene } from "./scenes.ts";

/** Puts the head dataset of a timeflow at its mount points, and takes it away. */
export class DatasetMounts {
  readonly #parts: MountParts;
  readonly #made: MadeDirectories;
  readonly #planning: MountPlanning;

  constructor(parts: MountParts) {
    this.#parts = parts;
    this.#made = new MadeDirectories(parts.catalog);
    this.#planning = new MountPlanning(parts, this.#made);
  }

  /** To be called when a job has ended: the places that it had planned to use are mounted by then, or free again. */
  jobEnded(job: { readonly target: Reference | null }): void {
    this.#planning.jobEnded(job);
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
    return this.#planning.plan(at, wanted, { known, present: await this.present(at.scene, known) });
  }

  /** Which of these mounts are really mounted now. */
  async present(scene: Scene, known: readonly Mount[]): Promise<readonly Mount[]> {
    const present: Mount[] = [];
    for (const environment of new Set(known.map((mount) => mount.environment))) {
      const here = known.filter((mount) => mount.environment === environment);
      const { mounter, connection } = await mounterAt(this.#parts, environment);
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
    plan: Pick<MountPlan, "ownership">,
    mount: PlannedMount,
  ): Promise<void> {
    const { mounter, connection } = await mounterAt(this.#parts, mount.environment);
    const storageName = storageNameOf(work.timeflow);
    await work.scene.storage.makeReachable(storageName, { mark: work.mark });
    await mounter.mount(connection, {
      datasetPath: work.scene.storage.pathOf(storageName, "DATASET"),
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
    return [
      ...former.map((other) => ({ collection: "mounts", remove: other.reference }) as const),
      { collection: "mounts", insert: this.rowOf(reference, timeflow, mount) },
    ];
  }

  /** What the catalog is to know of a mount. */
  rowOf(reference: Reference<"MOUNT">, timeflow: Timeflow, mount: PlannedMount): Mount {
    return {
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
  }

  /** Mounts again what was taken away, at the same places; may be repeated. Returns the changes that say so. */
  async mountAgain(
    work: { readonly scene: Scene; readonly timeflow: Timeflow; readonly mark: string },
    rows: readonly Mount[],
  ): Promise<readonly Change[]> {
    for (const row of rows) {
      await this.mount(work, {}, { ...row, directoriesToMake: row.createdDirectories, isThere: false });
    }
    return this.knownAgain(rows);
  }

  /** The changes that say of mounts again what was said before. */
  knownAgain(rows: readonly Mount[]): readonly Change[] {
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
    return this.unmount(work, await this.of(timeflow));
  }

  /** Unmounts all mounts of a timeflow, also those that the catalog does not know; may be repeated. */
  async unmountEverywhere(
    work: { readonly scene: Scene; readonly mark: string; readonly endUsers?: boolean },
    timeflow: Timeflow,
  ): Promise<readonly Change[]> {
    const changes = await this.unmountAll(work, timeflow.reference);
    const connection = await this.#parts.scenes.connect(work.scene.place);
    for (const path of await this.strays(work.scene, timeflow)) {
      if (work.endUsers === true) await connection.endUsersOf(path);
      await connection.elevated.unmount(path, work.mark);
    }
    return changes;
  }

  /**
   * Where on its host somebody else has mounted the head of a timeflow, or a part of it, the innermost first. A storage name
   * is never used twice, so that whatever is called like that is the head.
   */
  async strays(scene: Scene, timeflow: Timeflow): Promise<readonly string[]> {
    const name = storageNameOf(timeflow);
    const known = new Set((await this.of(timeflow.reference)).map(({ mountPath }) => mountPath));
    const table = await (await this.#parts.scenes.connect(scene.place)).mountTable();
    const paths = table.filter(({ root, mountPath }) => root.split("/").includes(name) && !known.has(mountPath));
    return paths.map(({ mountPath }) => mountPath).sort((a, b) => b.length - a.length);
  }

  /** Unmounts these, the innermost first; may be repeated. Returns the changes that say so. */
  async unmount(
    work: { readonly scene: Scene; readonly mark: string; readonly endUsers?: boolean },
    mounts: readonly Mount[],
  ): Promise<readonly Change[]> {
    await this.#takeAway(innermostFirst(mounts), work);
    return mounts.map((mount) => ({ collection: "mounts", remove: mount.reference }));
  }

  async #takeAway(
    mounts: readonly Pick<Mount, "environment" | "mountPath" | "sharedPath" | "storageName" | "createdDirectories">[],
    work: { readonly scene: Scene; readonly mark: string; readonly endUsers?: boolean },
  ): Promise<void> {
    for (const mount of mounts) {
      const { mounter, connection } = await mounterAt(this.#parts, mount.environment);
      const expected = { ...mount, datasetPath: work.scene.storage.pathOf(mount.storageName, "DATASET") };
      const isOurs = (await mounter.mounted(connection, [expected])).length > 0;
      if (isOurs) {
        if (work.endUsers === true) await connection.endUsersOf(mount.mountPath);
        await mounter
          .unmount(connection, { mountPath: mount.mountPath, createdDirectories: mount.createdDirectories, mark: work.mark })
          .catch(async (error: unknown) => {
            throw await nameDatasetsInside(this.#parts.catalog.objects, mount, EngineError.from(error));
          });
      } else {
        for (const directory of [...mount.createdDirectories].reverse()) await connection.elevated.removeDirectory(directory);
      }
    }
    this.#made.forget();
  }

  /** Ends whatever uses the mounts of a timeflow. */
  async endUsers(timeflow: Reference<"APPDATA_TIMEFLOW">): Promise<void> {
    for (const mount of await this.of(timeflow)) {
      const { connection } = await mounterAt(this.#parts, mount.environment);
      await connection.endUsersOf(mount.mountPath);
    }
  }
}

/** The storage name of a timeflow's head dataset. */
export function storageNameOf(timeflow: Timeflow): string {
  if (timeflow.storageName === null) throw new Error(`${timeflow.reference} has given up its head dataset.`);
  return timeflow.storageName;
}

function pathOf(storage: StorageDriver, mount: Mount): string {
  return storage.pathOf(mount.storageName, "DATASET");
}
