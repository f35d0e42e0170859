import type { Reference } from "@opendvp/model";
import type { Ask } from "./asking.ts";

export interface FaultUseCases {
  /** Marks it resolved after trying again what its job left unfinished. */
  resolve(reference: Reference<"FAULT">, ask: Ask): Promise<void>;
}
