import { PassThrough, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { Json } from "@opendvp/model";
import { Peer, PeerClosedError, WireError, encodeFrame, type FrameError, type PeerOptions } from "../src/index.ts";

interface Pair {
  readonly left: Peer;
  readonly toLeft: PassThrough;
  readonly toRight: PassThrough;
  readonly closed: (FrameError | undefined)[];
}

const idle = {
  frameLimitBytes: 10_000,
  onRequest: () => Promise.resolve(null),
  onNotification: () => undefined,
  onClosed: () => undefined,
};

/** Two peers on a pair of pipes; the left one notes how its connection ends. */
function connect(right: Partial<PeerOptions>, ofLeft: Partial<PeerOptions> = {}): Pair {
  const [toLeft, toRight] = [new PassThrough(), new PassThrough()];
  const closed: (FrameError | undefined)[] = [];
  const left = new Peer({ ...idle, input: toLeft, output: toRight, onClosed: (error) => void closed.push(error), ...ofLeft });
  new Peer({ ...idle, input: toRight, output: toLeft, ...right });
  return { left, toLeft, toRight, closed };
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

describe("a message that asks for more than its bytes is refused before it is parsed:", () => {
  test.each([
    ["levels", "[".repeat(9) + "]".repeat(9), /more than 8 levels deep/],
    ["objects", '{"a":'.repeat(9) + "1" + "}".repeat(9), /more than 8 levels deep/],
    ["values", `[${Array(200).fill("0").join(",")}]`, /more than 100 values/],
    ["empty lists", `[${"[],".repeat(99)}[]]`, /more than 100 values/],
  ])("%s", async (_what, body, message) => {
    const { toLeft, closed } = connect({}, { structureLimits: { depth: 8, values: 100 } });
    toLeft.write(encodeFrame(body));
    await expect.poll(() => closed[0]).toMatchObject({ kind: "tooComplex", message: expect.stringMatching(message) as string });
  });

  test("what looks like structure within a text is none", async () => {
    const text = `${"[".repeat(50)}\\" ${",".repeat(200)} \\`;
    const { left } = connect({ onRequest: () => Promise.resolve(text) }, { structureLimits: { depth: 8, values: 100 } });
    expect(await left.request("x", null)).toBe(text);
  });
});

test("a side that asks without reading what it is answered is let go", async () => {
  const toLeft = new PassThrough();
  const unread = new Writable({ write: () => undefined });
  const closed: (FrameError | undefined)[] = [];
  new Peer({ ...idle, input: toLeft, output: unread, onClosed: (error) => void closed.push(error) });
  const request = encodeFrame(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "x", params: null }));
  for (let count = 0; count < 2000 && closed.length === 0; count += 1) {
    toLeft.write(request);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(closed).toMatchObject([{ kind: "unread", message: expect.stringMatching(/1025 answers wait/) as string }]);
});

test("while many bytes of answers wait to be read, requests stay in the pipe", async () => {
  const [toLeft, unread] = [new PassThrough(), new PassThrough()];
  let asked = 0;
  const onRequest = () => Promise.resolve((asked += 1) < 4 ? "x".repeat(40 * 1024 * 1024) : null);
  new Peer({ ...idle, input: toLeft, output: unread, onRequest });
  for (let id = 1; id <= 4; id += 1) {
    toLeft.write(encodeFrame(JSON.stringify({ jsonrpc: "2.0", id, method: "x", params: null })));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(asked).toBe(2);
  unread.resume();
  await expect.poll(() => asked, { timeout: 10_000 }).toBe(4);
});

test("what is held for two reasons is read when both are over", async () => {
  const [toLeft, unread] = [new PassThrough(), new PassThrough()];
  let asked = 0;
  const onRequest = () => Promise.resolve((asked += 1) === 1 ? "x".repeat(70 * 1024 * 1024) : null);
  const left = new Peer({ ...idle, input: toLeft, output: unread, onRequest });
  const ask = async (): Promise<void> => {
    toLeft.write(encodeFrame(JSON.stringify({ jsonrpc: "2.0", id: asked + 1, method: "x", params: null })));
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await ask();
  left.hold();
  left.release();
  await ask();
  expect(asked).toBe(1);
  left.hold();
  unread.resume();
  await ask();
  expect(asked).toBe(1);
  left.release();
  await expect.poll(() => asked).toBe(3);
});

test("one that waits for its own requests to be read goes on reading: two such sides would wait for each other", async () => {
  const toLeft = new PassThrough();
  let asked = 0;
  const onRequest = () => Promise.resolve((asked += 1));
  const left = new Peer({ ...idle, input: toLeft, output: new Writable({ write: () => undefined }), onRequest });
  void left.request("x", "x".repeat(70 * 1024 * 1024));
  for (let id = 1; id <= 2; id += 1) {
    toLeft.write(encodeFrame(JSON.stringify({ jsonrpc: "2.0", id, method: "x", params: null })));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(asked).toBe(2);
});

test("the end of what it writes to ends the connection", async () => {
  const { left, toRight, closed } = connect({ onRequest: () => new Promise<Json>(() => undefined) });
  const waiting = left.request("x", null);
  toRight.destroy();
  await expect(waiting).rejects.toBeInstanceOf(PeerClosedError);
  expect(closed).toEqual([undefined]);
});

test("a stream that ends within a message is broken", async () => {
  const { toLeft, closed } = connect({});
  toLeft.end("Content-Length: 10\r\n\r\n{");
  await expect.poll(() => closed[0]?.message).toMatch(/within a message/);
});
