import { EngineError, isJsonObject, type Json, type JsonObject } from "@opendvp/model";
import type { EngineEvents } from "./engine-events.ts";

/** A dataset that is not where it should be, and why. */
export interface LeftDataset {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly action: string;
}

/** How far an engine is with bringing its datasets back. */
export interface Restoring {
  readonly is_done: boolean;
  readonly total: number;
  readonly remaining: number;
  readonly failed: readonly LeftDataset[];
}

export interface RestoringWait {
  readonly timeLimitMs: number;
  /** Called as datasets come back. */
  readonly onProgress: (progress: Pick<Restoring, "total" | "remaining">) => void;
}

/** Waits until an engine that has just started has dealt with all its datasets, up to a time; says how far it is then. */
export async function followRestoring(events: EngineEvents, { timeLimitMs, onProgress }: RestoringWait): Promise<Restoring> {
  const until = performance.now() + timeLimitMs;
  let last = { total: 0, remaining: 0 };
  for (let event = await events.next(until); event !== undefined; event = await events.next(until)) {
    const progress = progressOf(event);
    if (progress === undefined) continue;
    last = progress;
    if (event["event"] === "restored") return { is_done: true, ...last, failed: leftDatasets(event["failed"]) };
    onProgress(last);
  }
  return { is_done: false, ...last, failed: [] };
}

export function progressOf({ total, remaining }: JsonObject): Pick<Restoring, "total" | "remaining"> | undefined {
  return typeof total === "number" && typeof remaining === "number" ? { total, remaining } : undefined;
}

export function leftDatasets(told: Json | undefined): readonly LeftDataset[] {
  if (!Array.isArray(told)) return [];
  return told.flatMap((each: Json): readonly LeftDataset[] => {
    if (!isJsonObject(each)) return [];
    const { name, code, message, action } = each;
    const isWhole = typeof name === "string" && typeof code === "string" && typeof message === "string" && typeof action === "string";
    return isWhole ? [{ name, code, message, action }] : [];
  });
}

/** What is not back, as the error that the command ends with; undefined where all is, or nobody waited. */
export function notBackError(restoring: Restoring | undefined): EngineError | undefined {
  if (restoring === undefined || (restoring.is_done && restoring.failed.length === 0)) return undefined;
  const { total, remaining, failed } = restoring;
  if (!restoring.is_done) {
    return new EngineError(
      "TIME_LIMIT",
      `The engine runs, but ${remaining} of its ${total} datasets are not back yet. It goes on with them.`,
      {
        action: "`dvp engine status` shows how far it is. Wait longer with --restore-timeout.",
      },
    );
  }
  const reasons = failed.map(({ name, message }) => `${name}: ${message}`).join("\n");
  return new EngineError("STATE_UNSUITABLE", `The engine runs, but these could not be brought back:\n${reasons}`, {
    action: "`dvp fault list` says what to do about each.",
    details: { datasets: failed.map(({ name }) => name) },
  });
}
