import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { Json } from "@opendvp/model";
import { Peer, PeerClosedError, WireError, encodeFrame, type FrameError, type PeerOptions } from "../src/index.ts";

interface Pair {
  readonly left: Peer;
  readonly toLeft: PassThrough;
  readonly closed: (FrameError | undefined)[];
}

/** Two peers on a pair of pipes; the left one notes how its connection ends. */
function connect(right: Partial<PeerOptions>): Pair {
  const [toLeft, toRight] = [new PassThrough(), new PassThrough()];
  const closed: (FrameError | undefined)[] = [];
  const idle = {
    frameLimitBytes: 10_000,
    onRequest: () => Promise.resolve(null),
    onNotification: () => undefined,
    onClosed: () => undefined,
  };
  const left = new Peer({ ...idle, input: toLeft, output: toRight, onClosed: (error) => void closed.push(error) });
  new Peer({ ...idle, input: toRight, output: toLeft, ...right });
  return { left, toLeft, closed };
}

test("answers reach their requests in whatever order they come", async () => {
  const { left } = connect({
    onRequest: async (_method, params) => {
      await new Promise((resolve) => setTimeout(resolve, params === 1 ? 20 : 0));
      return params;
    },
  });
  expect(await Promise.all([left.request("echo", 1), left.request("echo", 2)])).toEqual([1, 2]);
});

test("an error keeps code, message and data", async () => {
  const { left } = connect({ onRequest: () => Promise.reject(new WireError(7, "no", { why: "because" })) });
  await expect(left.request("x", null)).rejects.toMatchObject({ code: 7, message: "no", data: { why: "because" } });
});

test("aborting asks the other side to cancel and waits for its answer", async () => {
  const { left } = connect({
    onRequest: (_method, _params, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          resolve("cancelled");
        });
      }),
  });
  expect(await left.request("wait", null, { signal: AbortSignal.timeout(10) })).toBe("cancelled");
});

test("notifications carry their size", async () => {
  const seen: unknown[] = [];
  const { left } = connect({ onNotification: (method, params, sizeBytes) => void seen.push([method, params, sizeBytes > 20]) });
  left.notify("log", { message: "hello" });
  await expect.poll(() => seen).toEqual([["log", { message: "hello" }, true]]);
});

test("an answer of the wrong size is refused before its value is believed", async () => {
  const { left } = connect({ onRequest: () => Promise.resolve("x".repeat(5000)) });
  const checkAnswer = ({ sizeBytes }: { readonly sizeBytes: number }): void => {
    if (sizeBytes > 1000) throw new RangeError("too large");
  };
  await expect(left.request("x", null, { checkAnswer })).rejects.toThrow("too large");
});

test("the end of the stream ends all requests", async () => {
  const { left, toLeft, closed } = connect({ onRequest: () => new Promise<Json>(() => undefined) });
  const waiting = left.request("x", null);
  toLeft.end();
  await expect(waiting).rejects.toBeInstanceOf(PeerClosedError);
  await expect(left.request("x", null)).rejects.toBeInstanceOf(PeerClosedError);
  expect(closed).toEqual([undefined]);
});

test.each([
  ["no JSON", "{oops", /no JSON/],
  ["no JSON-RPC", '{"id":1}', /no JSON-RPC 2\.0/],
  ["no object", "[]", /no JSON-RPC 2\.0/],
  ["an error without a code", '{"jsonrpc":"2.0","id":1,"error":{"message":"x"}}', /no JSON-RPC 2\.0/],
  ["an answer that nobody asked for", '{"jsonrpc":"2.0","id":99,"result":1}', /never sent \(id 99\)/],
])("%s breaks the connection", async (_what, body, message) => {
  const { toLeft, closed } = connect({});
  toLeft.write(encodeFrame(body));
  await expect.poll(() => closed[0]?.message).toMatch(message);
});

test("a stream that ends within a message is broken", async () => {
  const { toLeft, closed } = connect({});
  toLeft.end("Content-Length: 10\r\n\r\n{");
  await expect.poll(() => closed[0]?.message).toMatch(/within a message/);
});
