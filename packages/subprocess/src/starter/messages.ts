import type { EngineErrorShape } from "@opendvp/model";
import type { ProcessRequest, ProcessResult } from "../process-request.ts";

/** A request without what only its own process can hold. */
export type PortableRequest = Omit<ProcessRequest, "signal" | "onOutput" | "countOutput" | "extraPipes" | "stdin"> & {
  readonly stdin?: { readonly text: string } | "ignore";
};

export type ToStarter =
  { readonly type: "run"; readonly id: number; readonly request: PortableRequest } | { readonly type: "abort"; readonly id: number };

export type FromStarter =
  | { readonly type: "ended"; readonly id: number; readonly result: ProcessResult }
  | { readonly type: "failed"; readonly id: number; readonly error: EngineErrorShape };
