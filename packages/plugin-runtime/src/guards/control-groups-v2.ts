import { existsSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ControlGroup, ControlGroups, GroupLimits } from "./control-group.ts";
import { groupName, readCount, removeGroup, removeLeftovers } from "./group-files.ts";

const MOUNT = "/sys/fs/cgroup";
const ENGINE_LEAF = "opendvp-engine";

/**
 * Version 2: one hierarchy. A group that hands controllers down must have no processes of its own, so the engine steps
 * into a leaf first; systemd allows that where the service has `Delegate=yes`.
 */
export function controlGroupsV2(mount = MOUNT): ControlGroups | undefined {
  const own = ownGroup(mount);
  if (own === undefined || !handDown(own)) return undefined;
  let made = 0;
  return {
    removeLeftovers: () => removeLeftovers(own),
    async create(limits: GroupLimits): Promise<ControlGroup> {
      const group = join(own, groupName(++made));
      await mkdir(group);
      await writeFile(join(group, "memory.max"), String(limits.memoryLimitBytes));
      await writeFile(join(group, "pids.max"), String(limits.processLimit));
      return {
        entries: [join(group, "cgroup.procs")],
        wasOutOfMemory: () => readCount(join(group, "memory.events"), "oom_kill") > 0,
        remove: () => removeGroup(group),
      };
    },
  };
}

function ownGroup(mount: string): string | undefined {
  if (!existsSync(join(mount, "cgroup.controllers"))) return undefined;
  const path = /^0::(.*)$/m.exec(readFileSync("/proc/self/cgroup", "utf8"))?.[1] ?? "/";
  const directory = join(mount, path);
  const own = existsSync(join(directory, "cgroup.procs")) ? directory : mount;
  return own.endsWith(`/${ENGINE_LEAF}`) ? own.slice(0, -ENGINE_LEAF.length - 1) : own;
}

function handDown(own: string): boolean {
  const control = join(own, "cgroup.subtree_control");
  try {
    writeFileSync(control, "+memory +pids");
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EBUSY") return false;
  }
  try {
    const processes = readFileSync(join(own, "cgroup.procs"), "latin1").trim().split("\n");
    if (processes.some((pid) => Number(pid) !== process.pid)) return false;
    const leaf = join(own, ENGINE_LEAF);
    mkdirSync(leaf, { recursive: true });
    writeFileSync(join(leaf, "cgroup.procs"), String(process.pid));
    writeFileSync(control, "+memory +pids");
    return true;
  } catch {
    return false;
  }
}
