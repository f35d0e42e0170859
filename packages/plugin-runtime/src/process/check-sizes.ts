import type { OperationArguments } from "@opendvp/model";
import { FRAME_OVERHEAD_BYTES, LIMITS } from "@opendvp/plugin-protocol";
import { limitError } from "./operation-error.ts";
import type { OperationPlace } from "./operation-place.ts";

/** @throws EngineError `PLUGIN_LIMIT` */
export function checkArgumentsSize(place: OperationPlace, operationArguments: OperationArguments): void {
  const actualBytes = Buffer.byteLength(JSON.stringify(operationArguments));
  const limitBytes = LIMITS.operationBytes;
  if (actualBytes <= limitBytes) return;
  const message = `its arguments have ${actualBytes} bytes; ${limitBytes} are allowed.`;
  throw limitError(place, message, { limit: "operation arguments", limitBytes, actualBytes });
}

/**
 * A process of ours refuses such answers itself; this holds the others.
 * @throws EngineError `PLUGIN_LIMIT`
 */
export function checkAnswerSize(place: OperationPlace, answer: { readonly kind: "result" | "error"; readonly sizeBytes: number }): void {
  const limitBytes = answer.kind === "result" ? LIMITS.operationBytes : LIMITS.errorBytes;
  const actualBytes = answer.sizeBytes;
  if (actualBytes <= limitBytes + FRAME_OVERHEAD_BYTES) return;
  const message = `its ${answer.kind} has ${actualBytes} bytes; ${limitBytes} are allowed.`;
  throw limitError(place, message, { limit: answer.kind === "result" ? "operation result" : "error", limitBytes, actualBytes });
}
