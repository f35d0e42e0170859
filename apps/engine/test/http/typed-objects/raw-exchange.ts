import { connect } from "node:net";

export interface RawAnswer {
  readonly statusLine: string;
  /** As they came, in their order. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** Sends bytes over a connection of their own and reads what comes until the server closes it, or what it has announced is there. */
export function exchange(port: number, request: string | Buffer): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    const settle = (): void => {
      socket.destroy();
      resolve(parse(Buffer.concat(chunks)));
    };
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      if (isComplete(Buffer.concat(chunks))) settle();
    });
    socket.on("end", settle);
    socket.on("error", reject);
  });
}

function isComplete(bytes: Buffer): boolean {
  const { headers, body } = parse(bytes);
  const announced = headers.map((line) => /^content-length: (\d+)$/i.exec(line)?.[1]).find((length) => length !== undefined);
  return announced !== undefined && body.length >= Number(announced);
}

function parse(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return { statusLine: "", headers: [], body: Buffer.alloc(0) };
  const [statusLine = "", ...headers] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  return { statusLine, headers, body: bytes.subarray(end + 4) };
}

/** A header's values, in the order they came. */
export function valuesOf({ headers }: RawAnswer, name: string): string[] {
  const prefix = `${name.toLowerCase()}: `;
  return headers.filter((line) => line.toLowerCase().startsWith(prefix)).map((line) => line.slice(prefix.length));
}

export function jsonOf({ body }: RawAnswer): unknown {
  return JSON.parse(body.toString("utf8"));
}
