import type { KillPoint } from "./find-points.ts";
import { checkRound, holdRound, verify, type Finding } from "./held-round.ts";
import type { World } from "./world.ts";

/**
 * One kill serves many points: every job is held at a point of its own, the engine is killed and started again once, and
 * every job is checked on its own: finished or undone, the data intact, the operation working when it is repeated.
 */
export async function killRound(world: World, points: readonly KillPoint[], round: number): Promise<readonly Finding[]> {
  const { engine } = world;
  const { subjects, findings } = await holdRound(world, points, `r${round}`);
  await engine.kill();
  await engine.start();
  await engine.settled();
  return [...findings, ...(await checkRound(world, subjects, (subject) => verify(world, subject)))];
}
