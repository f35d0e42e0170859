import { basename, resolve } from "node:path";
import {
  checkAuthoredMain,
  createToolkitArtifact,
  inspectToolkit,
  linkedTypeOf,
  SchemaFindings,
  type JsonObject,
  type Problem,
  type ToolkitArtifact,
  type ToolkitFiles,
  type ToolkitParts,
} from "@opendvp/model";
import { checkLuaSyntax } from "./check-lua-syntax.ts";
import { checkMentions } from "./check-mentions.ts";
import { currentScripts, type CurrentScripts } from "./current-scripts.ts";
import { checkDirectory } from "./directory-rules.ts";
import { placeOf, type ToolkitSources } from "./place-of.ts";
import { readMain } from "./read-main.ts";
import { readMessages } from "./read-messages.ts";
import { readUpgrade } from "./read-upgrade.ts";
import { MAIN_FILE, readToolkitTree, type ToolkitTree } from "./toolkit-tree.ts";

export interface InspectedDirectory {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Absent where there are problems. */
  readonly toolkit?: { readonly artifact: JsonObject; readonly parts: ToolkitParts };
}

/**
 * Reads a toolkit's directory and looks at it by every rule.
 * @throws EngineError `NOT_FOUND` where there is no main.json, `TOO_LARGE`
 */
export async function inspectToolkitDirectory(sourceDirectory: string): Promise<InspectedDirectory> {
  const root = resolve(sourceDirectory);
  const tree = await readToolkitTree(root);
  const { main, lineOf, ...read } = readMain(tree);
  const syntax = await checkLuaSyntax(luaScripts(tree));
  const early = { problems: [...tree.problems, ...read.problems, ...syntax], warnings: [...tree.warnings, ...read.warnings] };
  if (main === undefined) return early;
  const sources = readSources(tree, main);
  const artifact = createToolkitArtifact(main, linkedTypeOf(main), filesOf(tree, sources));
  const findings = new SchemaFindings({ file: MAIN_FILE, lineOf });
  checkAuthoredMain(main, findings);
  checkDirectory({ main, tree }, basename(root), findings);
  const inspected = inspectToolkit(artifact, { file: MAIN_FILE, lineOf, placeOf: placeOf(sources, tree) });
  const problems = [
    ...early.problems,
    ...partsOf(sources).flatMap((part) => part.problems ?? []),
    ...findings.problems,
    ...inspected.problems,
  ];
  const warnings = [
    ...early.warnings,
    ...partsOf(sources).flatMap((part) => part.warnings),
    ...findings.warnings,
    ...inspected.warnings,
    ...(inspected.toolkit === undefined ? [] : checkMentions(luaScripts(tree), mentionable(tree, inspected.toolkit.artifact))),
  ];
  if (problems.length > 0 || inspected.toolkit === undefined) return { problems, warnings };
  return { problems, warnings, toolkit: { artifact, parts: inspected.toolkit.parts } };
}

function readSources(tree: ToolkitTree, main: JsonObject): ToolkitSources {
  return {
    discovery: currentScripts(tree, "discovery", main),
    linked: currentScripts(tree, linkedTypeOf(main) === "STAGED" ? "staged" : "direct", main),
    virtual: currentScripts(tree, "virtual", main),
    upgrade: readUpgrade(tree),
    messages: readMessages(tree),
  };
}

interface Part {
  readonly problems?: readonly Problem[];
  readonly warnings: readonly Problem[];
}

function partsOf({ discovery, linked, virtual, upgrade, messages }: ToolkitSources): readonly Part[] {
  return [discovery, linked, virtual, upgrade, messages];
}

function filesOf(tree: ToolkitTree, { discovery, linked, virtual, upgrade, messages }: ToolkitSources): ToolkitFiles {
  const texts = (scripts: CurrentScripts): ReadonlyMap<string, string> => scripts.texts;
  return {
    discovery: texts(discovery),
    linked: texts(linked),
    virtual: texts(virtual),
    resources: resourcesOf(tree),
    ...(upgrade.upgrade === undefined ? {} : { upgrade: upgrade.upgrade }),
    ...(messages.locales === undefined ? {} : { locales: messages.locales }),
  };
}

function resourcesOf({ files }: ToolkitTree): ReadonlyMap<string, string> {
  const prefix = "resources/";
  return new Map([...files].filter(([path]) => path.startsWith(prefix)).map(([path, text]) => [path.slice(prefix.length), text]));
}

function luaScripts({ files }: ToolkitTree): ReadonlyMap<string, string> {
  return new Map([...files].filter(([path]) => path.endsWith(".lua") && !path.startsWith("resources/")));
}

function mentionable(tree: ToolkitTree, { messages, defaultLocale }: ToolkitArtifact): Parameters<typeof checkMentions>[1] {
  const fallback = messages.find(({ locale }) => locale === defaultLocale);
  return { resources: new Set(resourcesOf(tree).keys()), messages: new Set(Object.keys(fallback?.messages ?? {})) };
}
