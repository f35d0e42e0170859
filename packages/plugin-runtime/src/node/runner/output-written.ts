/** Resolves when all that was printed has left this process: an operation pays for its own output, not the next one for it. */
export async function outputWritten(): Promise<void> {
  await Promise.all([written(process.stdout), written(process.stderr)]);
}

async function written(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return;
  await new Promise<void>((resolve) => stream.write("", () => resolve()));
}
