import type { SentChange } from "../handler.ts";

/** Stream items as `text/event-stream`. */
export async function* eventText(changes: AsyncIterable<SentChange | "heartbeat">): AsyncGenerator<string> {
  // Clients that lose the stream wait this long before they come back.
  yield "retry: 1000\n\n";
  for await (const change of changes) yield change === "heartbeat" ? ": heartbeat\n\n" : textOf(change);
}

// JSON holds no raw line ends, so one data line is enough.
function textOf(change: SentChange): string {
  const id = change.id === undefined ? "" : `id: ${change.id}\n`;
  return `${id}event: ${change.event}\ndata: ${JSON.stringify(change.data)}\n\n`;
}
