import type { StorageCaller } from "@opendvp/core";
import type { EngineError } from "@opendvp/model";
import { asStorageError } from "../pool/storage-error.ts";
import { Inventory } from "./inventory.ts";
import { runZfsPatiently } from "./zfs-program.ts";
import type { ZfsParts } from "./zfs-parts.ts";

type Command = readonly string[];

/**
 * Rolls back the holders whose latest snapshot went, and removes those that nobody needs any more. Each is tried,
 * whatever becomes of the others, until nothing changes: a stranger's snapshot of the same name may stand against a
 * promotion, and the next deletion tries that again. Without a look from before, every holder is rolled back.
 * @throws EngineError where a holder keeps what its latest snapshot had, so that the deletion is repeated
 */
export async function cleanUp(parts: ZfsParts, before: Inventory | undefined, caller: StorageCaller): Promise<void> {
  const done = new Set<string>();
  for (;;) {
    const commands = cleaningCommands(await Inventory.read(parts.layout), before).filter((command) => !done.has(command.join(" ")));
    const failures = await runEach(commands, caller);
    for (const command of commands) if (!failures.has(command)) done.add(command.join(" "));
    if (failures.size < commands.length) continue;
    // Which holder was left with what it need not have is not known after a crash; another one must not fail the deletion.
    const [, problem] = [...failures].find(([[verb]]) => verb === "rollback") ?? [];
    if (problem !== undefined && before !== undefined) throw problem;
    return;
  }
}

async function runEach(commands: readonly Command[], caller: StorageCaller): Promise<ReadonlyMap<Command, EngineError>> {
  const failures = new Map<Command, EngineError>();
  for (const command of commands) {
    try {
      await runZfsPatiently(command, caller);
    } catch (error) {
      failures.set(command, asStorageError(error, "Cleaning up the pool"));
    }
  }
  return failures;
}

/**
 * What brings holders nearer to their end: one without snapshots is destroyed; one whose latest snapshot has a clone hands
 * all of its snapshots to that; others are needed, and have the content of their latest snapshot alone.
 */
export function cleaningCommands(inventory: Inventory, before: Inventory | undefined): readonly Command[] {
  return inventory.datasets
    .filter(({ isHolder }) => isHolder)
    .flatMap(({ handle, snapshots }) => {
      const last = snapshots.at(-1);
      if (last === undefined) return [["destroy", handle]];
      const clone = inventory.cloneOf(last.handle);
      if (clone !== undefined) return [["promote", clone.handle]];
      const wasLast = before?.datasets.find((dataset) => dataset.handle === handle)?.snapshots.at(-1);
      return wasLast?.handle === last.handle ? [] : [["rollback", last.handle]];
    });
}
