import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { HostConnection, TreeCopy } from "@opendvp/core";
import { runProcess } from "@opendvp/subprocess";
import { removeTestDirectory } from "../leftovers/remove-test-directory.ts";
import { makeTestDirectory } from "../leftovers/test-directory.ts";
import { fingerprintOf } from "../storage/odd-tree.ts";

/** A source and a target for copies. */
export interface TreePlaces {
  readonly directory: string;
  readonly source: string;
  readonly target: string;
  /** Runs bash in the source, as the test's own user. */
  change(script: string): Promise<string>;
  copy(connection: HostConnection, choice: Partial<TreeCopy> & { readonly user: string }): Promise<{ readonly bytesChanged: number }>;
  /** Both trees as text; equal texts are equal trees. */
  fingerprints(): Promise<{ readonly source: string; readonly target: string }>;
  dispose(): Promise<void>;
}

export async function makeTreePlaces(): Promise<TreePlaces> {
  const directory = await makeTestDirectory();
  const source = join(directory, "source of 'it' [1]*");
  const target = join(directory, "target");
  await mkdir(source);
  await mkdir(target);
  await chmod(source, 0o755);
  return {
    directory,
    source,
    target,
    change: (script) => bashIn(source, script),
    copy: (connection, choice) =>
      connection.copyTree({ sourceDirectory: source, targetDirectory: target, excludePaths: [], symLinksToFollow: [], ...choice }),
    fingerprints: async () => ({ source: await fingerprintOf(source), target: await fingerprintOf(target) }),
    dispose: () => removeTestDirectory(directory),
  };
}

/** Runs bash in a directory; a failing command fails the test. */
export async function bashIn(directory: string, script: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess({ file: "bash", args: ["-euc", script], cwd: directory, env: { LC_ALL: "C" } });
  if (exitCode !== 0) throw new Error(`the script failed: ${stderr}`);
  return stdout;
}
