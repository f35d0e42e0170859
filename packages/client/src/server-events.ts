import { EventSourceParserStream } from "eventsource-parser/stream";
import type { StreamedChange } from "./streamed-change.ts";

const KNOWN: ReadonlySet<string> = new Set(["event", "job", "end"]);

/** The events of an open stream; events of kinds that this client does not know are passed over. */
export async function* eventsOf(response: Response): AsyncGenerator<StreamedChange> {
  if (response.body === null) return;
  const messages = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const message of messages) {
    if (message.event === undefined || !KNOWN.has(message.event)) continue;
    yield { event: message.event, data: JSON.parse(message.data) as unknown, id: message.id ?? "" } as StreamedChange;
  }
}
