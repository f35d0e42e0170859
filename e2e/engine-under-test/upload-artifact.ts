import { readFile } from "node:fs/promises";
import type { EngineUnderTest } from "./engine-under-test.ts";

interface UploadedArtifact {
  /** The plugin's reference. */
  readonly plugin: string;
  readonly warnings: readonly string[];
}

/** Uploads the artifact of a plugin or toolkit, and waits until what it upgrades is upgraded. */
export async function uploadArtifact({ client, run }: EngineUnderTest, file: string): Promise<UploadedArtifact> {
  const { plugin_id: plugin, job, warnings } = await client.plugins.upload({ body: await readFile(file) });
  if (job !== null) await run(Promise.resolve({ job }));
  return { plugin, warnings };
}
