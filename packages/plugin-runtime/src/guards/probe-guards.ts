import { runProcess } from "@opendvp/subprocess";
import type { ControlGroups } from "./control-group.ts";
import { controlGroupsV1 } from "./control-groups-v1.ts";
import { controlGroupsV2 } from "./control-groups-v2.ts";
import { sandboxCommand } from "./sandbox-command.ts";
import { SandboxView } from "./sandbox-view.ts";
import type { Uids } from "./uid-range.ts";

const PROBE_LIMIT_MS = 10_000;

/** Control groups that work here, tried out by making one. */
export async function findControlGroups(): Promise<ControlGroups | undefined> {
  for (const make of [controlGroupsV2, controlGroupsV1]) {
    try {
      const groups = make();
      const group = await groups?.create({ memoryLimitBytes: 64 * 1024 * 1024, processLimit: 16 });
      if (groups === undefined || group === undefined) continue;
      await group.remove();
      await groups.removeLeftovers();
      return groups;
    } catch {
      // Not writable here: the next version, or none.
    }
  }
  return undefined;
}

/** Since 5.14 a user namespace counts the processes of its users itself; before, those of the engine's user would count with them. */
export function countsByNamespace(kernelRelease: string): boolean {
  const [major = 0, minor = 0] = kernelRelease.split(/[.-]/, 2).map(Number);
  return major > 5 || (major === 5 && minor >= 14);
}

/** Why plugin processes cannot have namespaces here; undefined where they can. It starts one to see. */
export async function whyNotIsolated(rootDirectory: string, uids: Uids): Promise<string | undefined> {
  const uid = uids.take();
  try {
    const sandbox = { view: new SandboxView(rootDirectory, []), uid, groupEntries: [], processLimit: undefined, workingDirectory: "/" };
    const command = sandboxCommand(sandbox, { file: "true", args: [] });
    const { exitCode, stderr } = await runProcess({ ...command, timeLimitMs: PROBE_LIMIT_MS });
    return exitCode === 0 ? undefined : stderr.trim() || `unshare ended with exit code ${exitCode}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    uids.giveBack(uid);
  }
}
