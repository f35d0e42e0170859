import { spawn } from "node:child_process";
import { writeSync } from "node:fs";
import { DirectPlugin, libs, Mount, MountSpecification, type RemoteConnection } from "@opendvp/plugin-sdk";

interface Definitions {
  readonly repository: { readonly name: string };
  readonly sourceConfig: { readonly name: string };
  readonly linkedSource: object;
  readonly virtualSource: { readonly mountPath: string; readonly how: string };
  readonly snapshot: object;
  readonly snapshotParameters: object;
}

const MIB = 1024 * 1024;
const forever = (): Promise<never> => new Promise(() => setInterval(() => undefined, 1000));

export const plugin = new DirectPlugin<Definitions>();

plugin.discovery.repository(() => [{ name: "Hostile" }]);
plugin.discovery.sourceConfig(() => []);
plugin.linked.preSnapshot(() => undefined);
plugin.linked.postSnapshot(() => ({}));
plugin.virtual.mountSpecification(
  ({ virtualSource }) => new MountSpecification([new Mount(virtualSource.connection.environment, virtualSource.parameters.mountPath)]),
);
plugin.virtual.configure(() => ({ name: "copy" }));
plugin.virtual.reconfigure(() => ({ name: "copy" }));
plugin.virtual.unconfigure(() => undefined);
plugin.virtual.postSnapshot(() => ({}));
plugin.virtual.initialize(
  async ({ virtualSource: { connection, parameters } }) => (await misdeeds[parameters.how]?.(connection)) as { name: string },
);

const misdeeds: Readonly<Record<string, (connection: RemoteConnection) => unknown>> = {
  loop: () => {
    for (;;);
  },
  eatMemory: () => {
    const eaten: Buffer[] = [];
    for (;;) eaten.push(Buffer.alloc(8 * MIB, 1));
  },
  forkBomb: async () => {
    spawn("bash", ["-c", "bomb() { bomb | bomb & }; while :; do bomb; done"], { stdio: "ignore", detached: true });
    await forever();
  },
  floodOutput: () => {
    for (;;) writeRaw(`${"x".repeat(1023)}\n`, 1);
  },
  bombWithJson: async () => {
    const chunk = ",{}".repeat(MIB);
    const head = '{"jsonrpc":"2.0","method":"log","params":[{}';
    writeRaw(`Content-Length: ${head.length + 60 * chunk.length + 2}\r\n\r\n${head}`, 4);
    for (let count = 0; count < 60; count += 1) writeRaw(chunk, 4);
    writeRaw("]}", 4);
    await forever();
  },
  askWithoutReading: () => {
    const body = '{"jsonrpc":"2.0","id":1,"method":"library/x","params":null}';
    for (;;) writeRaw(`Content-Length: ${body.length}\r\n\r\n${body}`.repeat(100), 4);
  },
  commandsThatWriteMuch: (connection) =>
    Promise.all(Array.from({ length: 48 }, () => libs.runBash(connection, "head -c 50000000 /dev/zero | tr '\\0' x"))),
  exitAmidCommands: async (connection) => {
    for (let count = 0; count < 8; count += 1) void libs.runBash(connection, "exec sleep 47110815");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    process.exit(0);
  },
  wrongClass: () => [{ name: 7 }, "text"],
  deepNesting: () => {
    let value: unknown = "deep";
    for (let depth = 0; depth < 1000; depth += 1) value = [value];
    return { name: value };
  },
};

function writeRaw(text: string, descriptor: number): void {
  const rest = Buffer.from(text);
  for (let written = 0; written < rest.length;) {
    try {
      written += writeSync(descriptor, rest, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
