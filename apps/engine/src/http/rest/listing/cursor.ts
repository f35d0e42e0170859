import { EngineError } from "@opendvp/model";

/** The place in a listing where a page begins, as text that callers hand back and do not read. */
export function formatCursor(offset: number): string {
  return Buffer.from(`o${offset}`).toString("base64url");
}

/** @throws EngineError `INPUT_INVALID` */
export function parseCursor(cursor: string): number {
  const offset = /^o(\d{1,12})$/.exec(Buffer.from(cursor, "base64url").toString("latin1"))?.[1];
  if (offset !== undefined) return Number(offset);
  throw new EngineError("INPUT_INVALID", "The cursor is none that this engine handed out.", {
    action: "Take `next_cursor` or `prev_cursor` from an answer, or leave it out to begin at the start.",
    details: { in: "query", path: "/cursor", keyword: "cursor" },
  });
}
