import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineUnderTest } from "./engine-under-test.ts";

/** Names the Python of a language, for the engine in its configuration and for builds of this test in the environment. Starts the engine again. */
export async function nameInterpreter(engine: EngineUnderTest, language: string, interpreter: string): Promise<void> {
  process.env[`OPENDVP_${language}`] = interpreter;
  await engine.stop();
  const file = join(engine.dataDirectory, "configuration.json");
  const configuration = JSON.parse(await readFile(file, "utf8")) as { readonly interpreters?: object };
  const interpreters = { ...configuration.interpreters, [language]: interpreter };
  await writeFile(file, JSON.stringify({ ...configuration, interpreters }));
  await engine.restart();
}
