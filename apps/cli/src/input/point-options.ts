import { EngineError } from "@opendvp/model";
import type { JobOptions } from "../command/common-options.ts";

/** A place in a dataset's history. */
export interface PointOptions extends JobOptions {
  readonly snapshot?: string;
  readonly at?: string;
}

/** @throws EngineError `INPUT_INVALID` where both were given */
export function checkOnePoint<O extends PointOptions>(options: O): O {
  if (options.snapshot === undefined || options.at === undefined) return options;
  throw new EngineError("INPUT_INVALID", "Both --snapshot and --at were given.", { action: "Give one of them." });
}
