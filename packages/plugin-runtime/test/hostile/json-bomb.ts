import { forever, hostile, MIB, writeRaw } from "../support/hostile-plugin.ts";

const CHUNKS = 10;

/** 30 MiB of text that would be ten million objects. */
export const plugin = hostile(async () => {
  const head = '{"jsonrpc":"2.0","method":"log","params":[{}';
  const chunk = ",{}".repeat(MIB);
  writeRaw(`Content-Length: ${head.length + CHUNKS * chunk.length + 2}\r\n\r\n${head}`);
  for (let count = 0; count < CHUNKS; count += 1) writeRaw(chunk);
  writeRaw("]}");
  await forever();
});
