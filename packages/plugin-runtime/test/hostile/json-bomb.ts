import { forever, hostile, MIB, writeRaw } from "../support/hostile-plugin.ts";

/** 180 MiB of text that would be gigabytes of objects. */
export const plugin = hostile(async () => {
  const head = '{"jsonrpc":"2.0","method":"log","params":[{}';
  const chunk = ",{}".repeat(MIB);
  writeRaw(`Content-Length: ${head.length + 60 * chunk.length + 2}\r\n\r\n${head}`);
  for (let count = 0; count < 60; count += 1) writeRaw(chunk);
  writeRaw("]}");
  await forever();
});
