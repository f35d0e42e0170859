import type { Action, ActionUseCases } from "@opendvp/core";
import { EngineError, type Reference } from "@opendvp/model";
import type { MemoryObjects } from "./memory-objects.ts";

/** Asks for each member by an action of theirs all. */
export function memoryTogether(objects: MemoryObjects): ActionUseCases["together"] {
  return async (done, members, ask) => {
    const action = objects.record(done, ask);
    objects.actions.set(action, { state: "WAITING", endedAt: null });
    const errors: EngineError[] = [];
    for (const { start, ...member } of members) {
      await start({ ...ask, parent: action }).catch((thrown: unknown) => {
        const error = EngineError.from(thrown);
        errors.push(error);
        objects.actions.set(objects.record(member, ask), { parent: action, state: "FAILED", errorCode: error.code });
      });
    }
    settle(objects, action);
    return { action, errors };
  };
}

/** What has asked for an action that has changed is as all of its members are. */
export function changeWithMember(objects: MemoryObjects, member: Reference<"ACTION">): void {
  const parent = objects.actions.all.find(({ reference }) => reference === member)?.parent ?? null;
  const group = objects.actions.all.find(({ reference }) => reference === parent);
  if (group !== undefined && group.state !== "WAITING") settle(objects, group.reference);
}

function settle(objects: MemoryObjects, group: Reference<"ACTION">): void {
  const members = objects.actions.all.filter(({ parent }) => parent === group);
  const worst = members.find(({ state }) => state === "FAILED") ?? members.find(({ state }) => state !== "COMPLETED");
  const ended: Partial<Action> = {
    state: worst?.state ?? "COMPLETED",
    errorCode: worst?.errorCode ?? null,
    endedAt: new Date().toISOString(),
  };
  objects.actions.set(group, members.some(({ endedAt }) => endedAt === null) ? { state: "RUNNING", endedAt: null } : ended);
}
