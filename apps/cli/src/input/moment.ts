import { EngineError } from "@opendvp/model";

/** A moment as somebody writes it here, in local time unless it names a zone, as the API takes it. @throws EngineError `INPUT_INVALID` */
export function readMoment(text: string): string {
  const moment = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i.test(text)
    ? new Date(text.length === 10 ? `${text}T00:00:00` : text.replace(" ", "T"))
    : undefined;
  if (moment !== undefined && !Number.isNaN(moment.getTime())) return moment.toISOString();
  throw new EngineError("INPUT_INVALID", `${JSON.stringify(text)} is no moment.`, {
    action: "Write it like 2026-11-21T21:00, which is local time, or 2026-11-21T21:00Z.",
  });
}
