import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EngineUnderTest } from "../engine-under-test/index.ts";

const MAIN = fileURLToPath(new URL("../../apps/cli/bin/dvp.mjs", import.meta.url));

/** Variables with which a shell finds `dvp`, and `dvp` the engine, as its administrator. */
export async function dvpOnPath(engine: EngineUnderTest): Promise<Readonly<Record<string, string>>> {
  const [bin, home] = [join(engine.directory, "bin"), join(engine.directory, "home")];
  await mkdir(bin);
  await mkdir(home);
  await writeFile(join(bin, "dvp"), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  await chmod(join(bin, "dvp"), 0o755);
  const { token } = await engine.client.apiKeys.create({ body: { name: "of a shell" } });
  return {
    HOME: home,
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
    LC_ALL: "C.UTF-8",
    DVP_ENGINE: engine.client.address,
    DVP_API_KEY: token,
  };
}
