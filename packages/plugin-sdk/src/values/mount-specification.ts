import { checkInstance, checkInstances } from "../arguments/check-argument.ts";
import { Mount } from "./mount.ts";
import { OwnershipSpecification } from "./ownership-specification.ts";

/** Where the engine mounts a dataset: one mount or several, also on several environments. */
export class MountSpecification {
  mounts: Mount[];
  ownershipSpecification: OwnershipSpecification | null;

  constructor(mounts: readonly Mount[], ownershipSpecification: OwnershipSpecification | null = null) {
    checkInstances("MountSpecification", "mounts", { actual: mounts, of: Mount });
    if (ownershipSpecification !== null) {
      checkInstance("MountSpecification", "ownershipSpecification", { actual: ownershipSpecification, of: OwnershipSpecification });
    }
    this.mounts = [...mounts];
    this.ownershipSpecification = ownershipSpecification;
  }
}
