import type { IncomingMessage } from "node:http";
import { finished } from "node:stream/promises";

const LONGEST_MS = 10_000;

/**
 * Takes what is left of a body that is refused. To close the connection on a client that still sends would lose the answer: it hears
 * that the connection broke, and not why.
 */
export async function readAway(body: IncomingMessage): Promise<void> {
  body.resume();
  await finished(body, { writable: false, signal: AbortSignal.timeout(LONGEST_MS) }).catch(() => undefined);
}
