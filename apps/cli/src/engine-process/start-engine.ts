import type { Pool } from "@opendvp/contract";
import type { JsonObject } from "@opendvp/model";
import { type EngineDaemon, type EngineRequest, startEngineDaemon } from "./engine-daemon.ts";
import { followRestoring, type Restoring, type RestoringWait } from "./follow-restoring.ts";

export interface StartedEngine {
  readonly pid: number;
  readonly address: string;
  readonly data_directory: string;
  /** Of the administrator that the very first start makes; shown this once. */
  readonly username?: string;
  readonly password?: string;
  readonly pools: readonly Pool[];
  /** How far the datasets are back; absent where nobody waited for them. */
  readonly restoring?: Restoring;
}

export interface EngineStart extends EngineRequest {
  readonly timeLimitMs: number;
  /** Absent: datasets are left to come back by themselves. */
  readonly restoring?: RestoringWait;
}

/** Starts an engine that lives on after this program, and waits until it is ready. @throws EngineError why it did not become ready */
export async function startEngine(start: EngineStart): Promise<StartedEngine> {
  const daemon = await startEngineDaemon(start);
  try {
    const told = await untilReady(daemon, start.timeLimitMs);
    const restoring = start.restoring === undefined ? {} : { restoring: await followRestoring(daemon.events, start.restoring) };
    return { pid: daemon.pid, data_directory: start.dataDirectory, ...told, ...restoring };
  } finally {
    daemon.release();
  }
}

type Told = Pick<StartedEngine, "address" | "username" | "password" | "pools">;

async function untilReady(daemon: EngineDaemon, timeLimitMs: number): Promise<Told> {
  let admin: Pick<StartedEngine, "username" | "password"> = {};
  const until = performance.now() + timeLimitMs;
  for (let event = await daemon.events.next(until); event !== undefined; event = await daemon.events.next(until)) {
    const { event: name, user, password, address } = event;
    if (name === "first-start" && typeof user === "string" && typeof password === "string") admin = { username: user, password };
    if (name === "ready" && typeof address === "string") return { address, ...admin, pools: poolsOf(event) };
  }
  throw await daemon.whySilent({ what: "ready", timeLimitMs });
}

/** Both programs are of one release, so that the engine's pools are what the contract says. */
function poolsOf(event: JsonObject): readonly Pool[] {
  const pools: unknown = event["pools"];
  return Array.isArray(pools) ? (pools as readonly Pool[]) : [];
}
