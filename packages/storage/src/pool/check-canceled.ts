import type { StorageCaller } from "@opendvp/core";
import { EngineError } from "@opendvp/model";

/** @throws EngineError `CANCELED` where the caller does not want the result any more */
export function checkCanceled(caller: StorageCaller): void {
  if (caller.signal?.aborted !== true) return;
  throw new EngineError("CANCELED", "The call on the pool was canceled.", { cause: caller.signal.reason });
}
