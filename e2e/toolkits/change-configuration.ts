import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "@opendvp/model";
import type { EngineUnderTest } from "../engine-under-test/index.ts";

/** Changes settings of an engine's configuration.json, and starts it again. */
export async function changeConfiguration(engine: EngineUnderTest, settings: JsonObject): Promise<void> {
  await engine.stop();
  const file = join(engine.dataDirectory, "configuration.json");
  await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, "utf8")) as JsonObject), ...settings }));
  await engine.restart();
}
