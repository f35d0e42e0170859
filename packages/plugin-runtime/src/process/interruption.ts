import type { Clock, PluginCall } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { whatOf, type OperationPlace } from "./operation-place.ts";

/** Resolves when an operation is to be stopped, with the reason; never if that does not happen before `done`. */
export function interruption(
  call: PluginCall,
  place: OperationPlace,
  watch: { readonly clock: Clock; readonly done: AbortSignal },
): Promise<EngineError> {
  const { signal, timeLimitMs } = call;
  const { clock, done } = watch;
  return new Promise((resolve) => {
    const cancel = (): void => resolve(canceled(place));
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
    done.addEventListener("abort", () => signal.removeEventListener("abort", cancel), { once: true });
    if (timeLimitMs === undefined) return;
    clock.sleep(timeLimitMs, done).then(
      () => resolve(outOfTime(place, timeLimitMs)),
      () => undefined,
    );
  });
}

export function canceled({ plugin, operation, title }: OperationPlace): EngineError {
  return new EngineError("CANCELED", `${operation} of the ${title} was cancelled`, { details: { plugin, operation } });
}

function outOfTime(place: OperationPlace, timeLimitMs: number): EngineError {
  const { plugin, operation, kind } = place;
  return new EngineError("TIME_LIMIT", `${whatOf(place)} did not end within ${timeLimitMs / 1000} s; its process was ended.`, {
    action: `See the ${kind}'s log for where it waits, or raise its time limit in the engine's configuration.json.`,
    details: { plugin, operation, timeLimitMs },
  });
}
