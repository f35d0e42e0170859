import { compareLuaVersions, isNextLuaVersion, luaVersionOf, nextLuaVersion } from "@opendvp/model";
import type { PluginRelease } from "../../entities/plugin.ts";
import { refused } from "./refused.ts";

/**
 * Whether a plugin can take over from an installed toolkit.
 * @throws EngineError `PLUGIN_REFUSED`
 */
export function checkLuaUpgrade(toolkit: PluginRelease, next: PluginRelease): void {
  const minimum = next.lua?.minimumVersion ?? toolkit.buildNumber;
  if (compareLuaVersions(toolkit.buildNumber, minimum) < 0) {
    throw refused(
      `Plugin ${next.name} ${next.buildNumber} upgrades toolkit ${toolkit.name} from version ${minimum} on; ${toolkit.buildNumber} is installed.`,
      `Upgrade the toolkit to version ${minimum} first.`,
      { installed: toolkit.buildNumber, minimumLuaVersion: minimum },
    );
  }
  const missing = firstMissing(luaVersionOf(minimum), [...Object.values(next.luaMigrations).flat()], toolkit.buildNumber);
  if (missing === undefined) return;
  throw refused(
    `Plugin ${next.name} ${next.buildNumber} has Lua migrations, but none from version ${missing} of toolkit ${toolkit.name}.`,
    "They have to go without gaps from minimumLuaVersion to the toolkit's last version: report it to the plugin's author.",
    { minimumLuaVersion: minimum, installed: toolkit.buildNumber, missing },
  );
}

/** Where a plugin migrates at all, it does so from the lowest version on, up to the installed one, which needs none itself, and its own last one. */
function firstMissing(minimum: string, versions: readonly string[], installed: string): string | undefined {
  if (versions.length === 0) return undefined;
  const all = [...versions, installed].map(luaVersionOf).filter((version) => compareLuaVersions(version, minimum) >= 0);
  const chain = [...new Set(all)].sort(compareLuaVersions);
  if (chain[0] !== minimum) return minimum;
  const broken = chain.find((version, index) => {
    const following = chain[index + 1];
    return following !== undefined && !isNextLuaVersion(version, following);
  });
  return broken === undefined ? undefined : nextLuaVersion(broken);
}
