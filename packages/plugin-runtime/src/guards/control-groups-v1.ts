import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ControlGroup, ControlGroups, GroupLimits } from "./control-group.ts";
import { groupName, readCount, removeGroup, removeLeftovers } from "./group-files.ts";

const MOUNT = "/sys/fs/cgroup";

/** Version 1: a hierarchy per controller; groups lie below the ones that the engine is in. */
export function controlGroupsV1(): ControlGroups | undefined {
  const memory = ownGroup("memory");
  const pids = ownGroup("pids");
  if (memory === undefined || pids === undefined) return undefined;
  let made = 0;
  return {
    async removeLeftovers() {
      await Promise.all([removeLeftovers(memory), removeLeftovers(pids)]);
    },
    async create(limits: GroupLimits): Promise<ControlGroup> {
      const name = groupName(++made);
      const memoryGroup = join(memory, name);
      const pidsGroup = join(pids, name);
      await mkdir(memoryGroup);
      await mkdir(pidsGroup);
      await writeFile(join(memoryGroup, "memory.limit_in_bytes"), String(limits.memoryLimitBytes));
      await writeFile(join(pidsGroup, "pids.max"), String(limits.processLimit));
      return {
        entries: [join(memoryGroup, "cgroup.procs"), join(pidsGroup, "cgroup.procs")],
        wasOutOfMemory: () => readCount(join(memoryGroup, "memory.oom_control"), "oom_kill") > 0,
        async remove() {
          await Promise.all([removeGroup(memoryGroup), removeGroup(pidsGroup)]);
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
