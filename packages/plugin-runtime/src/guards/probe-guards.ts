import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import type { ControlGroups } from "./control-group.ts";
import { controlGroupsV1 } from "./control-groups-v1.ts";
import { controlGroupsV2 } from "./control-groups-v2.ts";

const PROBE_LIMIT_MS = 10_000;

/** Control groups that work here, tried out by making one. */
export async function findControlGroups(engineName: string): Promise<ControlGroups | undefined> {
  for (const make of [controlGroupsV2, controlGroupsV1]) {
    try {
      const groups = make(engineName);
      const group = await groups?.create({ memoryLimitBytes: 64 * 1024 * 1024, processLimit: 16 });
      if (groups === undefined || group === undefined) continue;
      await group.remove();
      return groups;
    } catch {
      // Not writable here: the next version, or none.
    }
  }
  return undefined;
}

/** Why plugin processes cannot have namespaces and users of their own here; undefined where they can. */
export async function whyNotIsolated(directory: string): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return "the engine does not run as root";
  const place = await mkdtemp(join(directory, "probe-"));
  const script = `mount -t tmpfs opendvp "$0" && cd "$0" && mkdir proc && mount -t proc proc proc && pivot_root . . && umount -l .`;
  try {
    const { exitCode, stderr } = await runProcess({
      file: "unshare",
      args: ["--mount", "--pid", "--ipc", "--fork", "--kill-child", "--propagation", "slave", "--", "sh", "-c", script, place],
      timeLimitMs: PROBE_LIMIT_MS,
    });
    return exitCode === 0 ? undefined : stderr.trim() || `unshare ended with exit code ${exitCode}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
