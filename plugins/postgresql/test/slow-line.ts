import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to a server on this machine that brings its answers no faster than it is told. */
export interface SlowLine extends AsyncDisposable {
  readonly port: number;
  bytesPerSecond: number;
}

export async function startSlowLine(toPort: number): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  const carry = async (client: Socket): Promise<void> => {
    const server = connect(toPort, "127.0.0.1");
    for (const socket of [client, server]) sockets.add(socket.on("error", () => socket.destroy()));
    client.pipe(server);
    for await (const chunk of server as AsyncIterable<Buffer>) {
      client.write(chunk);
      await new Promise((resolve) => setTimeout(resolve, (1000 * chunk.length) / line.bytesPerSecond));
    }
    client.end();
  };
  const listener = createServer((client) => void carry(client).catch(() => client.destroy()));
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const line: SlowLine = {
    port: (listener.address() as AddressInfo).port,
    bytesPerSecond: Number.POSITIVE_INFINITY,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  return line;
}
