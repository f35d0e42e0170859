import { FrameError } from "../framing/frame-reader.ts";

/** How much structure a message may have. */
export interface StructureLimits {
  readonly depth: number;
  readonly values: number;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Looks at a message before it is parsed: few bytes of JSON can ask for a hundred times their size in memory, and for more
 * levels than any code that walks through them can bear. One pass over the bytes, whatever they are.
 * @throws FrameError
 */
export function checkStructure(json: Buffer, limits: StructureLimits): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at + 1);
    else if (byte === COMMA) values += 1;
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      depth += 1;
      values += 1;
    } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth -= 1;
    if (depth > limits.depth) throw tooComplex(`A message nests values more than ${limits.depth} levels deep.`);
    if (values > limits.values) throw tooComplex(`A message holds more than ${limits.values} values.`);
  }
}

/** The place of the closing quote, or the end. */
function endOfString(json: Buffer, from: number): number {
  let at = from;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}

function tooComplex(message: string): FrameError {
  return new FrameError("tooComplex", message);
}
