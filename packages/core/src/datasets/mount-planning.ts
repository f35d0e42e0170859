import type { Reference } from "@opendvp/model";
import type { Mount } from "../entities/mount.ts";
import type { Timeflow } from "../entities/timeflow.ts";
import type { MountSpecification } from "../plugins/mount-specification.ts";
import { checkOtherMounts } from "./check-other-mounts.ts";
import { checkOutsideSources } from "./check-outside-sources.ts";
import type { MadeDirectories } from "./made-directories.ts";
import { mounterAt, type MountParts } from "./mount-parts.ts";
import { innermostFirst, isSamePlace, type MountPlan, type PlannedMount } from "./mount-plan.ts";
import { PlannedPlaces } from "./planned-places.ts";
import type { Scene } from "./scenes.ts";

/** Checks where a plugin wants a dataset, and says what has to be done for it. */
export class MountPlanning {
  readonly #parts: MountParts;
  readonly #made: MadeDirectories;
  readonly #planned = new PlannedPlaces();

  constructor(parts: MountParts, made: MadeDirectories) {
    this.#parts = parts;
    this.#made = made;
  }

  /** To be called when a job has ended: what it had planned is mounted, or is not to be. */
  jobEnded({ target }: { readonly target: Reference | null }): void {
    if (target !== null) this.#planned.forget(target);
  }

  /** `known` are the dataset's mounts so far; `present` those of them that are really there. @throws EngineError `MOUNT_POINT_REFUSED` */
  async plan(
    at: { readonly scene: Scene; readonly timeflow: Timeflow },
    wanted: MountSpecification,
    { known, present }: { readonly known: readonly Mount[]; readonly present: readonly Mount[] },
  ): Promise<MountPlan> {
    const { objects } = this.#parts.catalog;
    const { dataset } = at.scene;
    const fresh = wanted.mounts.filter((mount) => !known.some((other) => isSamePlace(other, mount)));
    await checkOutsideSources(objects, dataset, fresh);
    await this.#planned.claim(dataset.reference, wanted.mounts, (planned) =>
      checkOtherMounts(objects, { dataset, timeflow: at.timeflow }, { wanted: wanted.mounts, known, planned }),
    );
    const unwanted = innermostFirst(known.filter((mount) => !wanted.mounts.some((other) => isSameMount(other, mount))));
    const noLongerWanted = unwanted.map((mount) => ({ mount, isThere: present.includes(mount) }));
    const mounts: PlannedMount[] = [];
    for (const mount of wanted.mounts) {
      const isThere = present.some((other) => isSameMount(other, mount));
      // A place that the dataset's own mount still takes up is free once that is no longer wanted there.
      const isTaken = isThere || present.some((other) => isSamePlace(other, mount));
      mounts.push({ ...mount, directoriesToMake: await this.#directoriesFor(mount, { known, isTaken }), isThere });
    }
    const ownership = wanted.ownership ?? (await this.#defaultOwnership(at));
    return ownership === undefined ? { mounts, noLongerWanted } : { mounts, noLongerWanted, ownership };
  }

  async #directoriesFor(
    mount: Pick<Mount, "environment" | "mountPath">,
    { known, isTaken }: { readonly known: readonly Mount[]; readonly isTaken: boolean },
  ): Promise<readonly string[]> {
    const { mounter, connection } = await mounterAt(this.#parts, mount.environment);
    const plan = isTaken ? { directoriesToMake: [] } : await mounter.plan(connection, mount.mountPath);
    // A mount lost in a reboot has left the directories that were made for it: they are still the engine's to remove.
    const formerlyMade = known.find((other) => isSamePlace(other, mount))?.createdDirectories ?? [];
    const above = await this.#made.above(mount.environment, mount.mountPath);
    const directories = [...new Set([...above, ...formerlyMade, ...plan.directoriesToMake])];
    await this.#made.add(mount.environment, directories);
    return directories;
  }

  // A dataset made empty belongs to its environment user from the start; later, and in a clone, the owner is the data's own affair.
  async #defaultOwnership({ scene, timeflow }: { readonly scene: Scene; readonly timeflow: Timeflow }): Promise<MountPlan["ownership"]> {
    const isMadeEmpty = timeflow.origin === "LINK" || timeflow.origin === "EMPTY";
    if (!isMadeEmpty || scene.dataset.stage !== "CREATING") return undefined;
    const connection = await this.#parts.scenes.connect(scene.place);
    const { uid, gid } = await connection.checkUser(scene.place.user.name);
    return { uid, gid };
  }
}

type Placed = Pick<Mount, "environment" | "mountPath" | "sharedPath">;

function isSameMount(one: Placed, other: Placed): boolean {
  return isSamePlace(one, other) && one.sharedPath === other.sharedPath;
}
