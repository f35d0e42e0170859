import { configureLua, environmentVariables, isJsonObject, statusLua, type JsonObject, type Problem } from "@opendvp/model";
import type { FormerScript, ScriptDirectory, ScriptFiles } from "./script-files.ts";
import { scriptFiles } from "./script-files.ts";
import type { ToolkitTree } from "./toolkit-tree.ts";

/** The scripts of one definition: their texts, and the files that they come from. */
export interface CurrentScripts {
  readonly texts: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, string>;
  readonly warnings: readonly Problem[];
}

/** The scripts of a directory under their current names: files of the oldest names stand in where those are absent. */
export function currentScripts(tree: ToolkitTree, directory: ScriptDirectory, main: JsonObject): CurrentScripts {
  const found = scriptFiles(tree, directory);
  const texts = new Map<string, string>();
  const files = new Map<string, string>();
  const warnings = [...found.warnings];
  const add = (key: string, file: string, text: string): void => {
    texts.set(key, text);
    files.set(key, file);
  };
  for (const [key, file] of found.scripts) add(key, file, tree.files.get(file) ?? "");
  for (const { key, sources, text } of fromFormer(tree, found, main)) {
    const [file = ""] = sources;
    if (texts.has(key)) {
      warnings.push({ file, where: "", message: `is an old form of ${key}, which is there too, and is left out` });
      continue;
    }
    add(key, file, text);
    warnings.push({
      file,
      where: "",
      message: `has a name of former times; it is taken as ${key}`,
      action: `Write ${directory}/${key}.lua instead.`,
    });
  }
  return { texts, files, warnings };
}

interface Stand {
  readonly key: string;
  readonly sources: readonly string[];
  readonly text: string;
}

function fromFormer(tree: ToolkitTree, { former }: ScriptFiles, main: JsonObject): readonly Stand[] {
  const read = (script: FormerScript): { file: string; text: string } | undefined => {
    const file = former.get(script);
    return file === undefined ? undefined : { file, text: tree.files.get(file) ?? "" };
  };
  const renamed = ([script, key]: readonly [FormerScript, string], change = (text: string) => text): readonly Stand[] => {
    const found = read(script);
    return found === undefined ? [] : [{ key, sources: [found.file], text: change(found.text) }];
  };
  return [
    ...renamed(["preSync", "preSnapshot"]),
    ...renamed(["postSync", "postSnapshot"]),
    ...renamed(["provision", "configure"], configureLua),
    ...renamed(["provision", "reconfigure"], configureLua),
    ...statusOf([read("statusSh"), read("statusPs1")], main),
  ];
}

type Found = { readonly file: string; readonly text: string } | undefined;

function statusOf([bash, powerShell]: readonly [Found, Found], main: JsonObject): readonly Stand[] {
  const sources = [bash, powerShell].flatMap((found) => (found === undefined ? [] : [found.file]));
  if (sources.length === 0) return [];
  const text = statusLua({
    ...(bash === undefined ? {} : { bash: bash.text }),
    ...(powerShell === undefined ? {} : { powerShell: powerShell.text }),
    variables: variablesOf(main),
  });
  return [{ key: "status", sources, text }];
}

function variablesOf(main: JsonObject): ReturnType<typeof environmentVariables> {
  const virtual = main["virtualSourceDefinition"];
  return environmentVariables(isJsonObject(virtual) ? virtual["parameters"] : undefined);
}
