/** What a frame may have beside the value that a limit speaks of: the members around it. */
export const FRAME_OVERHEAD_BYTES = 1024;

/** One message as it travels: a Content-Length header, an empty line, and the message as UTF-8 JSON. */
export function encodeFrame(json: string): string {
  return `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
}
