import type { StorageCaller } from "@opendvp/core";

/** The same caller, for what must come to its end also when the caller does not want the result any more. */
export function withoutSignal(caller: StorageCaller): StorageCaller {
  return caller.mark === undefined ? {} : { mark: caller.mark };
}
