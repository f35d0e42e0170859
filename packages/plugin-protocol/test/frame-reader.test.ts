import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeFrame, FrameError, FrameReader } from "../src/index.ts";

function read(chunks: readonly Buffer[], limitBytes = 1_000_000): string[] {
  const frames: string[] = [];
  const reader = new FrameReader(limitBytes, (body) => frames.push(body.toString("utf8")));
  for (const chunk of chunks) reader.push(chunk);
  return frames;
}

test("reads back any messages, however the stream is cut", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), fc.integer({ min: 1, max: 50 }), (messages, size) => {
      const stream = Buffer.from(messages.map(encodeFrame).join(""));
      const chunks = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
        stream.subarray(index * size, (index + 1) * size),
      );
      expect(read(chunks)).toEqual(messages);
    }),
  );
});

test("accepts further headers in any case", () => {
  expect(read([Buffer.from("Content-Type: application/json\r\ncontent-length: 2\r\n\r\n{}")])).toEqual(["{}"]);
});

test("refuses a frame by its header when it is too large", () => {
  const refusal = () => read([Buffer.from("Content-Length: 101\r\n\r\n")], 100);
  expect(refusal).toThrow(FrameError);
  expect(refusal).toThrow("101 bytes was announced; 100 are allowed");
});

test.each([["Hello\n"], ["{}"], ["Content-Length: -1\r\n\r\n"], ["Content-Type: x\r\n\r\n"], [`A: ${"x".repeat(2000)}`]])(
  "tells garbage at once: %j",
  (text) => {
    expect(() => read([Buffer.from(text)])).toThrow(/where the header of a message is expected/);
  },
);

test("knows whether the stream may end", () => {
  const reader = new FrameReader(100, () => undefined);
  expect(reader.isBetweenFrames).toBe(true);
  reader.push(Buffer.from("Content-Le"));
  expect(reader.isBetweenFrames).toBe(false);
  reader.push(Buffer.from("ngth: 2\r\n\r\n{"));
  expect(reader.isBetweenFrames).toBe(false);
  reader.push(Buffer.from("}"));
  expect(reader.isBetweenFrames).toBe(true);
});
