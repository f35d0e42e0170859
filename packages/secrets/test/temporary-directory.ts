import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A directory that is removed when the test is done. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "opendvp-secrets-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
