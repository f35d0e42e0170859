import { EngineError } from "@opendvp/model";
import type { Plugin, PluginRelease } from "../../entities/plugin.ts";
import { refused } from "./refused.ts";

/**
 * The rules about names of toolkits, and names and ids of plugins, against all that is installed.
 * @throws EngineError `PLUGIN_REFUSED`; `NAME_TAKEN` by another one
 */
export function checkNamePairs(installed: readonly Plugin[], next: PluginRelease): void {
  const others = installed.filter(({ kind, pluginId }) => pluginId === next.pluginId && kind !== next.kind);
  for (const other of others) throw sameName(other, next);
  if (next.kind === "TOOLKIT") mustNotBeSucceeded(installed, next);
  if (next.lua !== null) mustBePair(installed, next, next.lua.name);
  mustHaveOwnName(installed, next);
}

/** Of those that stay when the next one is in place. */
function mustHaveOwnName(installed: readonly Plugin[], next: PluginRelease): void {
  const gone = [next.pluginId, next.lua?.name];
  const holder = installed.find(({ status, name, pluginId }) => status === "ACTIVE" && name === next.name && !gone.includes(pluginId));
  if (holder === undefined) return;
  throw new EngineError(
    "NAME_TAKEN",
    `${next.prettyName} ${next.buildNumber} cannot be called ${next.name}: that is the name of the installed ${holder.prettyName} ${holder.buildNumber} (${holder.reference}), which has the id ${holder.pluginId}.`,
    { action: "Give it a name of its own, or delete the installed one first.", details: { plugin: holder.reference, name: next.name } },
  );
}

function sameName(other: Plugin, next: PluginRelease): Error {
  return other.kind === "TOOLKIT"
    ? refused(
        `The id of plugin ${next.name}, ${next.pluginId}, is the name of an installed toolkit.`,
        "Give the plugin an id of its own; luaName says which toolkit it is a newer version of.",
        { toolkit: other.reference },
      )
    : refused(`The name of toolkit ${next.name} is the id of the installed plugin ${other.name}.`, "Give the toolkit another name.", {
        plugin: other.reference,
      });
}

function mustNotBeSucceeded(installed: readonly Plugin[], next: PluginRelease): void {
  const successor = installed.find(({ lua }) => lua?.name === next.pluginId);
  if (successor === undefined) return;
  throw refused(
    `Toolkit ${next.name} is a lower version of the installed plugin ${successor.name} ${successor.buildNumber}, whose luaName it is.`,
    "Upload a higher build number of that plugin, or delete it first.",
    { plugin: successor.reference },
  );
}

function mustBePair(installed: readonly Plugin[], next: PluginRelease, luaName: string): void {
  const holder = installed.find(({ pluginId, lua }) => pluginId !== next.pluginId && lua?.name === luaName);
  if (holder !== undefined) {
    throw refused(
      `The luaName ${luaName} belongs to the installed plugin ${holder.name} with id ${holder.pluginId}.`,
      "Build the plugin with that id, or delete the installed one, which frees the name.",
      { plugin: holder.reference, luaName },
    );
  }
  const former = installed.find(({ pluginId, lua }) => pluginId === next.pluginId && lua !== null && lua.name !== luaName);
  if (former === undefined) return;
  throw refused(
    `Plugin ${next.name} was uploaded with the luaName ${former.lua?.name ?? ""}; it cannot have the luaName ${luaName} now.`,
    "Keep the luaName or leave it out, or delete the installed plugin first.",
    { plugin: former.reference, luaName },
  );
}
