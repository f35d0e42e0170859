import { existsSync, readdirSync, readFileSync } from "node:fs";
import { listProcesses } from "@opendvp/subprocess";

/** Where this machine's control groups of plugin processes are. */
const HIERARCHIES = ["memory", "pids", "cpu", ""].map((name) => `/sys/fs/cgroup/${name}`);

/** What plugin processes of one range of users have on this machine. */
export interface Belongings {
  readonly processes: readonly string[];
  readonly groups: readonly string[];
  readonly mounts: readonly string[];
}

export async function belongings(firstUid: number, uidCount: number): Promise<Belongings> {
  const isOurs = ({ uid }: { readonly uid: number }): boolean => uid >= firstUid && uid < firstUid + uidCount;
  return {
    processes: (await listProcesses()).filter(isOurs).map(({ pid, command }) => `${pid} ${command}`),
    groups: HIERARCHIES.flatMap(groupsBelow),
    mounts: readFileSync("/proc/self/mounts", "utf8")
      .split("\n")
      .filter((line) => line.includes("opendvp-plugin-root")),
  };
}

/** Below the group of this process, which stands for the engine, wherever that is. */
function groupsBelow(hierarchy: string): readonly string[] {
  const places = [hierarchy, ...ownPaths().map((path) => hierarchy + path)].filter((place) => existsSync(place));
  return [...new Set(places)].flatMap((place) => readdirSync(place).filter((name) => name.startsWith(`opendvp-plugin-${process.pid}-`)));
}

function ownPaths(): readonly string[] {
  const paths = readFileSync("/proc/self/cgroup", "utf8").split("\n");
  return [...new Set(paths.map((line) => line.split(":").slice(2).join(":")).filter((path) => path.length > 1))];
}
