import { readdir } from "node:fs/promises";
import type { PoolOpening } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { poolUnavailable } from "../pool/storage-error.ts";
import type { ZfsFeatures } from "./features.ts";
import { isAbsentInZfs, poolOf, runZfs, saysAnyOf } from "./zfs-program.ts";
import { FORMAT, FORMAT_PROPERTY } from "./zfs-properties.ts";

const PROPERTIES = ["type", "mountpoint", "mounted", "compression", FORMAT_PROPERTY];

/** The dataset that a pool is. */
export interface PoolRoot {
  readonly mountPath: string;
  readonly isCompressing: boolean;
}

/**
 * Makes the dataset of a pool, or adopts the one that is there: one of ours, or one with nothing in it.
 * @throws EngineError `STORAGE_UNSUITABLE`, `STORAGE_UNAVAILABLE` where the zpool is not imported
 */
export async function establishRoot(location: string, features: ZfsFeatures, { mustExist = false }: PoolOpening): Promise<PoolRoot> {
  if (!(await hasDataset(location))) {
    if (mustExist) throw poolUnavailable(location, "ZFS has no such dataset; its zpool seems not to be imported");
    await makeRoot(location, features);
  }
  const root = await readRoot(location);
  if (root.type !== "filesystem")
    throw unsuitable(location, `it is a ${root.type}`, "Give the name of a file system, or of one to be made.");
  if (!root.mountPath.startsWith("/")) {
    const action = `Give it a mount point (zfs set mountpoint=/srv/opendvp ${location}), then repeat.`;
    throw unsuitable(location, `its mount point is ${root.mountPath}`, action);
  }
  if (!root.isMounted) await runZfs(["mount", location], {});
  if (!root.isOurs) {
    if (mustExist) throw poolUnavailable(location, "the dataset of this name is no pool of ours");
    await checkEmpty(location, root.mountPath);
    await runZfs(["set", `${FORMAT_PROPERTY}=${FORMAT}`, location], {});
  }
  return root;
}

export async function hasDataset(handle: string): Promise<boolean> {
  try {
    await runZfs(["list", "-H", "-o", "name", handle], {});
    return true;
  } catch (error) {
    if (isAbsentInZfs(error)) return false;
    throw error;
  }
}

/** With the best that this ZFS has: fast compression, and what database files come with. */
async function makeRoot(location: string, features: ZfsFeatures): Promise<void> {
  const options = [
    `compression=${features.hasLz4 ? "lz4" : "on"}`,
    "atime=off",
    `${FORMAT_PROPERTY}=${FORMAT}`,
    ...(features.hasAclType ? ["acltype=posixacl"] : []),
    ...(features.hasXattrInInode ? ["xattr=sa"] : []),
  ];
  try {
    await runZfs(["create", ...options.flatMap((option) => ["-o", option]), location], {});
  } catch (error) {
    if (saysAnyOf(error, /no such pool/)) throw noPool(location, error);
    if (!saysAnyOf(error, /parent does not exist/)) throw error;
    throw unsuitable(location, "the dataset above it does not exist", "Make that first (zfs create), or give another name.");
  }
}

async function readRoot(
  location: string,
): Promise<PoolRoot & { readonly type: string; readonly isMounted: boolean; readonly isOurs: boolean }> {
  const rows = new Map<string, { readonly value: string; readonly source: string }>();
  for (const property of PROPERTIES) rows.set(property, await readProperty(location, property));
  const valueOf = (property: string): string => rows.get(property)?.value ?? "-";
  const format = rows.get(FORMAT_PROPERTY);
  return {
    type: valueOf("type"),
    mountPath: valueOf("mountpoint"),
    isMounted: valueOf("mounted") === "yes",
    isCompressing: valueOf("compression") !== "off",
    // Inherited, it would be that of a pool around this one.
    isOurs: format?.value === FORMAT && format.source !== "" && !format.source.startsWith("inherited") && format.source !== "-",
  };
}

/** One at a time: a mount point may hold tabs and line ends. */
async function readProperty(location: string, property: string): Promise<{ readonly value: string; readonly source: string }> {
  const value = await runZfs(["get", "-H", "-p", "-o", "value", property, location], {});
  const source = await runZfs(["get", "-H", "-o", "source", property, location], {});
  return { value: value.replace(/\n$/, ""), source: source.trim() };
}

async function checkEmpty(location: string, mountPath: string): Promise<void> {
  const handles = (await runZfs(["list", "-H", "-r", "-t", "filesystem,volume,snapshot", "-o", "name", location], {})).trim().split("\n");
  if (handles.length === 1 && (await readdir(mountPath)).length === 0) return;
  const action = `Give the name of one that is to be made, such as ${location}/opendvp.`;
  throw unsuitable(location, "something else is in it", action);
}

function noPool(location: string, cause: unknown): EngineError {
  const pool = poolOf(location);
  return new EngineError("STORAGE_UNAVAILABLE", `There is no zpool ${pool} on this machine.`, {
    action: `Import it (zpool import ${pool}), or make it (zpool create ${pool} DEVICE), then repeat.`,
    cause,
  });
}

function unsuitable(location: string, reason: string, action: string): EngineError {
  return new EngineError("STORAGE_UNSUITABLE", `The dataset ${location} cannot be a pool: ${reason}.`, { action });
}
