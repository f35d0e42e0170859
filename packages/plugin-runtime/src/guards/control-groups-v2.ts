import { existsSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ControlGroup, ControlGroups, GroupLimits } from "./control-group.ts";
import { newGroupName, readCount, removeGroup, removeLeftovers, writeIfThere, writeLimit } from "./group-files.ts";

const MOUNT = "/sys/fs/cgroup";
const ENGINE_LEAF = "opendvp-engine";

/**
 * Version 2: one hierarchy. A group that hands controllers down must have no processes of its own, so the engine steps
 * into a leaf first; systemd allows that where the service has `Delegate=yes`.
 */
export function controlGroupsV2(mount = MOUNT): ControlGroups | undefined {
  const own = ownGroup(mount);
  if (own === undefined || !handDown(own)) return undefined;
  return {
    removeLeftovers: () => removeLeftovers(own),
    async create(limits: GroupLimits): Promise<ControlGroup> {
      const group = join(own, newGroupName());
      await mkdir(group);
      await writeLimit(group, "memory.max", limits.memoryLimitBytes);
      // Otherwise what does not fit would go to the swap space of everybody.
      await writeIfThere(group, "memory.swap.max", 0);
      await writeLimit(group, "pids.max", limits.processLimit);
      return {
        entries: [join(group, "cgroup.procs")],
        wasOutOfMemory: () => readCount(join(group, "memory.events"), "oom_kill") > 0,
        wasOutOfProcesses: () => readCount(join(group, "pids.events"), "max") > 0,
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
    enableControllers(control);
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
    enableControllers(control);
    return true;
  } catch {
    return false;
  }
}

/** With the processor's, a group gets the time of one process, however many are in it; nothing else depends on it. */
function enableControllers(control: string): void {
  writeFileSync(control, "+memory +pids");
  try {
    writeFileSync(control, "+cpu");
  } catch {
    // Not handed down to the engine.
  }
}
