import assert from "node:assert/strict";
import { EngineError } from "@opendvp/model";
import { verify, type Subject } from "../kill/held-round.ts";
import type { Scenario } from "../kill/scenario.ts";
import type { World } from "../kill/world.ts";

/** Nothing of these is called back: what they have stopped stays down until somebody, or the engine's next start, brings it back. */
const NOT_CALLED_BACK = new Set([
  "stop",
  "disable",
  "disable-linked",
  "delete",
  "delete-linked",
  "take-down",
  "take-down-linked",
  "mount-stopped",
]);

/** The checks of those that move, or were down before, expect a start of the engine as well. */
function isLeftToStart({ name, workflow }: Scenario): boolean {
  return NOT_CALLED_BACK.has(workflow) || / (at a new place|where nothing is mounted)$/.test(name);
}

/** Asks for the cancel of a job that is held. Says whether that was accepted: past the point of no return it is refused. */
export async function cancelHeld(world: World, { job }: Subject): Promise<boolean> {
  try {
    await world.client.jobs.cancel({ params: { jobId: job } });
    return true;
  } catch (error) {
    assert.equal(EngineError.from(error).code, "CANCEL_TOO_LATE");
    return false;
  }
}

/** A cancel that was accepted ends the job, or the attempt that was under way; one that was refused changes nothing. */
export async function verifyCanceled(world: World, subject: Subject, isAccepted: boolean): Promise<string | undefined> {
  const { status, warning_count: warnings } = await world.ended(subject.job);
  if (!isAccepted && status !== "COMPLETED") return `was past its point of no return, and ended as ${status}`;
  const isCanceled = status === "CANCELED" || (status === "COMPLETED" && warnings > 0);
  if (isAccepted && !isCanceled) return `its cancel was accepted, and it ended as ${status}`;
  await world.idle(subject.name);
  if (isLeftToStart(subject.at.scenario)) {
    await world.engine.restore();
    await world.idle(subject.name);
  }
  return verify(world, subject);
}
