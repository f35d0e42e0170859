import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Watches for connections that were opened ahead and have never asked anything; gives what closes them. A server that closes counts
 * none of them as idle, and would wait for them.
 */
export function watchUnusedConnections(server: Server): () => void {
  const unused = new Set<Socket>();
  server.on("connection", (socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  server.on("request", ({ socket }) => unused.delete(socket));
  return () => {
    for (const socket of unused) socket.destroy();
  };
}
