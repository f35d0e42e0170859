import type { StorageCapabilities } from "../ports/storage-driver.ts";

/** What a pool cannot do that its users would expect, in words for them; empty where there is nothing. */
export function limitsOf(capabilities: StorageCapabilities): readonly string[] {
  const lost = [...(capabilities.acls ? [] : ["ACLs"]), ...(capabilities.xattrs ? [] : ["extended attributes"])];
  return [
    ...(capabilities.thinClones ? [] : ["Every snapshot and copy is a full one: it takes the time and the space of its content."]),
    ...(capabilities.atomicSnapshots
      ? []
      : [
          "Datasets are copied file by file, so they rest meanwhile: a snapshot stops what runs where that is allowed (--allow-stop), and is refused elsewhere.",
        ]),
    ...(lost.length === 0 ? [] : [`It keeps no ${lost.join(" and no ")}: syncs into it are refused.`]),
  ];
}
