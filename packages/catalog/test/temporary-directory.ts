import { rm } from "node:fs/promises";
import { makeTestDirectory } from "@opendvp/testkit";
import { onTestFinished } from "vitest";

/** A directory that is removed when the test is done; after a killed run, by the next one's `cleanUpLeftovers`. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await makeTestDirectory();
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
