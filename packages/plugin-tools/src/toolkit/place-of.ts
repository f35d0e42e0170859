import type { SourcePlace } from "@opendvp/model";
import type { CurrentScripts } from "./current-scripts.ts";
import { lineOfMessage, type ToolkitMessages } from "./read-messages.ts";
import type { UpgradeScripts } from "./read-upgrade.ts";
import type { ToolkitTree } from "./toolkit-tree.ts";

/** What lies beside main.json, read. */
export interface ToolkitSources {
  readonly discovery: CurrentScripts;
  readonly linked: CurrentScripts;
  readonly virtual: CurrentScripts;
  readonly upgrade: UpgradeScripts;
  readonly messages: ToolkitMessages;
}

type Path = readonly (string | number)[];

/** Where a part of the artifact comes from that does not stand in main.json. */
export function placeOf(sources: ToolkitSources, tree: ToolkitTree): (path: Path) => SourcePlace | undefined {
  return ([member, key, ...rest]) => {
    if (key === undefined) return undefined;
    const name = String(key);
    switch (member) {
      case "discoveryDefinition":
        return inFile(sources.discovery.files.get(name));
      case "linkedSourceDefinition":
        return inFile(sources.linked.files.get(name));
      case "virtualSourceDefinition":
        return inFile(sources.virtual.files.get(name));
      case "upgradeDefinition":
        return upgradePlace(sources.upgrade, name);
      case "resources":
        return inFile(`resources/${name}`);
      case "messages":
        return messagePlace(sources.messages, tree, [key, ...rest]);
      default:
        return undefined;
    }
  };
}

function inFile(file: string | undefined): SourcePlace | undefined {
  return file === undefined ? undefined : { file, path: [] };
}

function upgradePlace({ files, directory }: UpgradeScripts, key: string): SourcePlace | undefined {
  const file = files.get(key);
  if (file !== undefined) return inFile(file);
  return directory === undefined ? undefined : { file: directory, path: [key] };
}

/** Messages of files: `messages[0].messages.id` is the line of that message. */
function messagePlace(
  { files }: ToolkitMessages,
  tree: ToolkitTree,
  path: readonly (string | number | undefined)[],
): SourcePlace | undefined {
  const [index, , id] = path;
  const file = typeof index === "number" ? files[index] : undefined;
  if (file === undefined) return undefined;
  const line = typeof id === "string" ? lineOfMessage(tree.files.get(file) ?? "", id) : undefined;
  return { file, path: typeof id === "string" ? [id] : [], ...(line === undefined ? {} : { line }) };
}
