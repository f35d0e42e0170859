export { createBindMounter, type BindMounterOptions } from "./bind/bind-mounter.ts";
export { createSymlinkMounter, type SymlinkMounterOptions } from "./symlink/symlink-mounter.ts";
