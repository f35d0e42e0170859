import type { PluginType } from "../operations/operation-table.ts";
import { withoutHashLines } from "./hash-lines.ts";

/** A script of a definition. */
export interface ScriptRow {
  /** Its member in the definition; its file is called so too, with `.lua` behind it. */
  readonly key: string;
  /** What stands there where the toolkit has no such script. */
  readonly whenMissing: "" | "return {}";
  /** Whether a built artifact leaves the member out where the toolkit has no such script. */
  readonly isOptional: boolean;
}

export const RETURN_NOTHING = "return {}";

/** The scripts of each definition, in the order in which an artifact has them. */
export const LINKED_SCRIPTS: Readonly<Record<PluginType, readonly ScriptRow[]>> = {
  DIRECT: [action("preSnapshot"), result("postSnapshot")],
  STAGED: [
    action("resync"),
    action("startStaging"),
    action("stopStaging"),
    action("preSnapshot"),
    result("postSnapshot"),
    action("status"),
    action("worker"),
    optional("mountSpec"),
    optional("ownershipSpec"),
  ],
};

export const VIRTUAL_SCRIPTS: readonly ScriptRow[] = [
  result("configure"),
  action("unconfigure"),
  result("reconfigure"),
  action("start"),
  action("stop"),
  action("preSnapshot"),
  result("postSnapshot"),
  action("status"),
  optional("initialize"),
  optional("mountSpec"),
  optional("ownershipSpec"),
];

export const DISCOVERY_SCRIPTS = ["repositoryDiscovery", "sourceConfigDiscovery"] as const;

/** The scripts of an upgrade: their member in upgradeDefinition, their file, and the kind of object that each upgrades. */
export const UPGRADE_SCRIPTS = [
  { key: "upgradeSnapshot", file: "upgradeSnapshot", kind: "snapshot", isOptional: false },
  { key: "upgradeVirtualSource", file: "upgradeVirtualSource", kind: "virtualSource", isOptional: false },
  { key: "upgradeLinkedSource", file: "upgradeLinkedSource", kind: "linkedSource", isOptional: false },
  { key: "upgradeManualSourceConfig", file: "upgradeSourceConfig", kind: "sourceConfig", isOptional: true },
] as const;

const BLANK = /\uFEFF|\s+|;|--\[(=*)\[[^]*?\]\1\]|--(?!\[=*\[)[^\n]*/y;

/** Whether a script does anything: it consists of more than blanks, comments and lines at its beginning that start with `#`. */
export function hasStatements(script: string): boolean {
  const text = withoutHashLines(script);
  let index = 0;
  for (let end = endOf(BLANK, text, index); end > index; end = endOf(BLANK, text, index)) index = end;
  return index < text.length;
}

function endOf(form: RegExp, text: string, start: number): number {
  form.lastIndex = start;
  return form.test(text) ? form.lastIndex : start;
}

function action(key: string): ScriptRow {
  return { key, whenMissing: "", isOptional: false };
}

function result(key: string): ScriptRow {
  return { key, whenMissing: RETURN_NOTHING, isOptional: false };
}

function optional(key: string): ScriptRow {
  return { key, whenMissing: "", isOptional: true };
}
