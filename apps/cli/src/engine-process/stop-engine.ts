import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "@opendvp/model";
import { runningEngine } from "./running-engine.ts";

const LOOK_EVERY_MS = 50;

/** Asks the engine of a data directory to shut down, and waits until it is gone. Gives undefined where none runs. */
export async function stopEngine(dataDirectory: string, timeLimitMs: number): Promise<{ readonly pid: number } | undefined> {
  const engine = await runningEngine(dataDirectory);
  if (engine === undefined) return undefined;
  ask(engine.pid);
  const end = performance.now() + timeLimitMs;
  while (performance.now() < end) {
    if ((await runningEngine(dataDirectory))?.pid !== engine.pid) return { pid: engine.pid };
    await sleep(LOOK_EVERY_MS);
  }
  throw new EngineError("TIME_LIMIT", `The engine with the process number ${engine.pid} has not ended after ${timeLimitMs / 1000} s.`, {
    action:
      "It lets running jobs reach a safe place first. Wait longer with --timeout; killing it is safe too, its jobs are taken up at the next start.",
    details: { pid: engine.pid },
  });
}

function ask(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ESRCH") return;
    throw new EngineError("NOT_ALLOWED", `The engine with the process number ${pid} is somebody else's.`, {
      action: "Stop it as the user that started it.",
      cause,
    });
  }
}
