import { zipSync, type Zippable } from "fflate";
import { ARTIFACT_LIMITS, EngineError } from "@opendvp/model";
import type { PluginFile } from "./plugin-file.ts";

const UNIX = 3;

/**
 * The zip of a source tree, in base64. Equal files make equal zips: names are sorted, and times and permissions are
 * not those of the machine.
 * @throws EngineError `TOO_LARGE`
 */
export function zipSource(files: readonly PluginFile[]): string {
  const totalBytes = files.reduce((sum, { contents }) => sum + contents.length, 0);
  if (files.length > ARTIFACT_LIMITS.unpackedFiles || totalBytes > ARTIFACT_LIMITS.unpackedBytes) {
    throw new EngineError("TOO_LARGE", `The plugin's source has ${String(files.length)} files with ${String(totalBytes)} bytes.`, {
      action: `Keep it within ${String(ARTIFACT_LIMITS.unpackedFiles)} files and ${String(ARTIFACT_LIMITS.unpackedBytes)} bytes: leave out what the plugin does not need.`,
      details: { limitFiles: ARTIFACT_LIMITS.unpackedFiles, limitBytes: ARTIFACT_LIMITS.unpackedBytes },
    });
  }
  const sorted = [...files].sort((first, second) => (first.path < second.path ? -1 : 1));
  const tree: Zippable = Object.fromEntries(sorted.map((file) => [file.path, [file.contents, { attrs: attributesOf(file) }]]));
  // A zip holds local times: this one is written the same in every time zone.
  const mtime = new Date(1980, 0, 1);
  return Buffer.from(zipSync(tree, { level: 9, mtime, os: UNIX })).toString("base64");
}

/** The upper half holds a regular file's permissions as Unix writes them. */
function attributesOf({ isExecutable }: PluginFile): number {
  return ((0o100000 | (isExecutable ? 0o755 : 0o644)) << 16) >>> 0;
}
