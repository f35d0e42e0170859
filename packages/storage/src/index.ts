export { btrfsTechnology } from "./btrfs/technology.ts";
export { copyTechnology } from "./copy/technology.ts";
export { createEmbeddedBtrfsPool, type EmbeddedPool, type EmbeddedPoolRequest } from "./embedded/embedded-btrfs-pool.ts";
export { reflinkTechnology } from "./reflink/technology.ts";
export { zfsMountPath } from "./zfs/zfs-mount-path.ts";
export { zfsTechnology } from "./zfs/technology.ts";
