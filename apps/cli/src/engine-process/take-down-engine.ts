import { existsSync } from "node:fs";
import { EngineError, isEngineErrorShape, type EngineErrorShape } from "@opendvp/model";
import { type EngineRequest, startEngineDaemon } from "./engine-daemon.ts";
import { leftDatasets, progressOf, type LeftDataset, type Restoring } from "./follow-restoring.ts";

export interface TakeDown extends EngineRequest {
  readonly isForced: boolean;
  readonly timeLimitMs: number;
  readonly onProgress: (progress: Pick<Restoring, "total" | "remaining">) => void;
}

/** What was not taken down. */
export interface TakenDown {
  readonly left: readonly LeftDataset[];
  readonly pool_problem: EngineErrorShape | null;
}

/** Takes all that an engine, which must have ended, has mounted off this machine. @throws EngineError why that could not be tried */
export async function takeDownEngine(request: TakeDown): Promise<TakenDown> {
  const { isForced, timeLimitMs, onProgress } = request;
  if (!existsSync(request.dataDirectory)) return { left: [], pool_problem: null };
  const daemon = await startEngineDaemon({ ...request, args: [...request.args, "--unmount", ...(isForced ? ["--force"] : [])] });
  const until = performance.now() + timeLimitMs;
  try {
    for (let event = await daemon.events.next(until); event !== undefined; event = await daemon.events.next(until)) {
      const progress = progressOf(event);
      if (progress !== undefined) onProgress(progress);
      if (event["event"] !== "taken-down") continue;
      const { poolProblem } = event;
      return { left: leftDatasets(event["left"]), pool_problem: isEngineErrorShape(poolProblem) ? poolProblem : null };
    }
    throw await daemon.whySilent({ what: "done with unmounting", timeLimitMs });
  } finally {
    daemon.release();
  }
}

/** What was left, as the error that the command ends with; undefined where nothing was. */
export function leftError({ left, pool_problem }: TakenDown): EngineError | undefined {
  const [first] = left;
  if (first === undefined) return pool_problem === null ? undefined : EngineError.fromShape(pool_problem);
  const reasons = left.map(({ name, message }) => `${name}: ${message}`).join("\n");
  return new EngineError("MOUNT_BUSY", `The engine has stopped, but these could not be taken down:\n${reasons}`, {
    action: "End what uses them and repeat, or let --force do so. `dvp engine start` brings everything back.",
    details: { datasets: left.map(({ name }) => name) },
  });
}
