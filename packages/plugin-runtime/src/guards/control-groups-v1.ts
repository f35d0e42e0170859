import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ControlGroup, ControlGroups, GroupLimits } from "./control-group.ts";
import { newGroupName, readCount, removeGroup, removeLeftovers, writeIfThere, writeLimit } from "./group-files.ts";

const MOUNT = "/sys/fs/cgroup";

/** Version 1: a hierarchy per controller; groups lie below the ones that the engine is in. */
export function controlGroupsV1(): ControlGroups | undefined {
  const memory = ownGroup("memory");
  const pids = ownGroup("pids");
  const cpu = ownGroup("cpu");
  if (memory === undefined || pids === undefined) return undefined;
  // Being in a group is all that it takes: however many they are, they get the processor time of one.
  const parents = [memory, pids, ...(cpu === undefined ? [] : [cpu])];
  return {
    async removeLeftovers() {
      await Promise.all(parents.map(removeLeftovers));
    },
    async create(limits: GroupLimits): Promise<ControlGroup> {
      const name = newGroupName();
      const groups = parents.map((parent) => join(parent, name));
      const memoryGroup = join(memory, name);
      const pidsGroup = join(pids, name);
      for (const group of groups) await mkdir(group);
      await writeLimit(memoryGroup, "memory.limit_in_bytes", limits.memoryLimitBytes);
      // Otherwise what does not fit would go to the swap space of everybody.
      const isSwapCounted = await writeIfThere(memoryGroup, "memory.memsw.limit_in_bytes", limits.memoryLimitBytes);
      if (!isSwapCounted) await writeIfThere(memoryGroup, "memory.swappiness", 0);
      await writeLimit(pidsGroup, "pids.max", limits.processLimit);
      return {
        entries: groups.map((group) => join(group, "cgroup.procs")),
        wasOutOfMemory: () => readCount(join(memoryGroup, "memory.oom_control"), "oom_kill") > 0,
        wasOutOfProcesses: () => readCount(join(pidsGroup, "pids.events"), "max") > 0,
        async remove() {
          await Promise.all(groups.map(removeGroup));
        },
      };
    },
  };
}

function ownGroup(controller: string): string | undefined {
  const line = readFileSync("/proc/self/cgroup", "utf8")
    .split("\n")
    .find((text) => text.split(":")[1]?.split(",").includes(controller));
  const path = line?.split(":").slice(2).join(":");
  if (path === undefined) return undefined;
  const directory = join(MOUNT, controller, path);
  // In a container the path is the host's; the container's own top is all that is visible.
  return [directory, join(MOUNT, controller)].find((candidate) => existsSync(join(candidate, "cgroup.procs")));
}
