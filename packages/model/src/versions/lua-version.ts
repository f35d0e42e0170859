import { EngineError } from "../errors/engine-error.ts";
import { compareToolkitReleases, normaliseToolkitRelease, parseToolkitVersion, toolkitRelease } from "../toolkit/toolkit-version.ts";

/**
 * The `major.minor` of a toolkit's version, which is what its data depends on: `1.02.7` becomes `1.2`.
 * @throws EngineError `PLUGIN_INVALID`
 */
export function luaVersionOf(version: string): string {
  const parsed = parseToolkitVersion(version);
  const release = parsed === undefined ? normaliseToolkitRelease(version) : toolkitRelease(parsed);
  if (release !== undefined) return release;
  throw new EngineError("PLUGIN_INVALID", `${JSON.stringify(version.slice(0, 80))} is no version of a toolkit.`, {
    action: 'Use a major and a minor number joined by a dot, such as "1.2".',
  });
}

/** Negative where the first is older, by parts: 1.10 comes after 1.9. A patch counts for nothing. */
export function compareLuaVersions(first: string, second: string): number {
  return compareToolkitReleases(luaVersionOf(first), luaVersionOf(second));
}

/** Whether the second version follows the first: the next minor one, or the next major one's `.0`. */
export function isNextLuaVersion(first: string, second: string): boolean {
  const [a, b] = [partsOf(first), partsOf(second)];
  return (b.major === a.major && b.minor === a.minor + 1n) || (b.major === a.major + 1n && b.minor === 0n);
}

/** The minor version that follows. */
export function nextLuaVersion(version: string): string {
  const { major, minor } = partsOf(version);
  return `${String(major)}.${String(minor + 1n)}`;
}

/**
 * Versions that migrations upgrade from, canonical, in the order in which they run.
 * @throws EngineError `PLUGIN_INVALID` where one is none, or two are the same
 */
export function sortLuaVersions(versions: readonly string[]): readonly string[] {
  const canonical = versions.map(luaVersionOf);
  const twice = canonical.find((version, index) => canonical.indexOf(version) !== index);
  if (twice === undefined) return canonical.toSorted(compareLuaVersions);
  throw new EngineError("PLUGIN_INVALID", `There are two migrations from version ${twice} for the same kind of object.`, {
    action: "Keep one of them.",
  });
}

function partsOf(version: string): { readonly major: bigint; readonly minor: bigint } {
  const [major = "0", minor = "0"] = luaVersionOf(version).split(".");
  return { major: BigInt(major), minor: BigInt(minor) };
}
