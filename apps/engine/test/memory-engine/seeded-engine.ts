import type { Role } from "@opendvp/core";
import type { Reference } from "@opendvp/model";
import { addSnapshot, addTimeflow, freshLinkedSource, freshVirtualSource } from "./memory-datasets.ts";
import { createMemoryEngine, type MemoryEngine } from "./memory-engine.ts";
import { directoryPlugin } from "./memory-plugin.ts";

const AT = "2026-11-21T12:00:00.000Z";

/** Keys of an engine's users, by role. */
export type Keys = Readonly<Record<Role, string>>;

/**
 * An engine with an environment `local`, a source `payroll-files`, the dSource `payroll`, a VDB `vdb1` of it that `user` owns, a fault,
 * and a user of each role whose name is the role and whose password is the role and `-secret`.
 */
export function createSeededEngine(): { readonly engine: MemoryEngine; readonly keys: Keys } {
  const engine = createMemoryEngine();
  const { objects } = engine;
  const pool = objects.next("STORAGE_POOL");
  objects.pools.put({ reference: pool, name: "main", driver: "btrfs", location: "/pool", createdAt: AT });
  const plugin = directoryPlugin(objects, "directory");
  objects.plugins.put(plugin);
  const [environment, host, user] = [objects.next("UNIX_HOST_ENVIRONMENT"), objects.next("UNIX_HOST"), objects.next("HOST_USER")];
  objects.hosts.put({
    reference: host,
    address: "localhost",
    transport: "local",
    scratchPath: "/var/tmp",
    binaryPath: "",
    osName: "Linux",
    createdAt: AT,
  });
  objects.environmentUsers.put({ reference: user, environment, name: "app", createdAt: AT });
  objects.environments.put({
    reference: environment,
    name: "local",
    description: "",
    host,
    primaryUser: user,
    createdAt: AT,
    refreshedAt: AT,
  });
  const repository = objects.next("APPDATA_REPOSITORY");
  const data = { name: "Directories", password: "hidden" };
  objects.repositories.put({
    reference: repository,
    environment,
    plugin: plugin.reference,
    name: "Directories",
    identity: "1",
    data,
    isAvailable: true,
    createdAt: AT,
  });
  const sourceConfig = objects.next("APPDATA_SOURCE_CONFIG");
  const source = { reference: sourceConfig, repository, name: "payroll-files", identity: "1", data: { path: "/srv/payroll" } };
  objects.sourceConfigs.put({ ...source, isDiscovered: true, isAvailable: true, createdAt: AT });
  const parameters = { password: "hidden", mountPath: "/mnt/x" };
  const dsource = freshLinkedSource(objects, { name: "payroll", sourceConfig, repository, parameters, hooks: {} });
  const people = addPeople(engine);
  const vdb = freshVirtualSource(objects, {
    name: "vdb1",
    repository,
    parameters,
    parent: dsource.reference,
    hooks: {},
    owner: people.user,
  });
  for (const [dataset, origin] of [
    [dsource, "LINK"],
    [vdb, "PROVISION"],
  ] as const) {
    objects.datasets.put(dataset);
    addTimeflow(objects, dataset, origin);
    addSnapshot(objects, dataset.reference);
    addSnapshot(objects, dataset.reference);
  }
  objects.faults.put({
    reference: objects.next("FAULT"),
    target: vdb.reference,
    targetName: "vdb1",
    code: "VDB_DOWN",
    message: "vdb1 is not running.",
    action: "Start it.",
    state: "ACTIVE",
    createdAt: AT,
    resolvedAt: null,
  });
  const keyOf = (role: Role): string => engine.users.addKey(people[role], "test", null);
  return { engine, keys: { admin: keyOf("admin"), operator: keyOf("operator"), user: keyOf("user"), reader: keyOf("reader") } };
}

/** A user of each role. */
function addPeople({ users }: MemoryEngine): Readonly<Record<Role, Reference<"USER">>> {
  const add = (role: Role): Reference<"USER"> => users.add(role, `${role}-secret`, role);
  return { admin: add("admin"), operator: add("operator"), user: add("user"), reader: add("reader") };
}
