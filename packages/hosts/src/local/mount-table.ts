import { readFile } from "node:fs/promises";
import type { MountTableLine } from "@opendvp/core";

/** Which field of a line, counted from 0. */
const MOUNT_POINT = 4;

let last: { readonly text: string; readonly table: readonly MountTableLine[] } = { text: "", table: [] };

/**
 * What is mounted in the engine's mount namespace, in the order in which it was mounted. The very same answer as before where
 * nothing has changed: monitoring asks for each of a thousand copies, and the table has a line for each.
 */
export async function readMountTable(): Promise<readonly MountTableLine[]> {
  const text = await readFile("/proc/self/mountinfo", "utf8");
  if (text !== last.text) last = { text, table: parseMountTable(text) };
  return last.table;
}

/** Whether something is mounted at exactly this path. Takes a table of thousands of lines not apart to find one. */
export async function isMountPoint(realPath: string): Promise<boolean> {
  const table = await readFile("/proc/self/mountinfo", "utf8");
  const field = escaped(realPath);
  return table.includes(` ${field} `) && table.split("\n").some((line) => line.split(" ", MOUNT_POINT + 1)[MOUNT_POINT] === field);
}

/** proc(5): id, parent, device, root, mount point, options, optional fields up to a dash, then type and source. */
function parseMountTable(text: string): readonly MountTableLine[] {
  const lines: MountTableLine[] = [];
  for (const line of text.split("\n")) {
    const [before, after] = splitAtDash(line.split(" "));
    const [, , device, root, mountPath, options] = before;
    const [fileSystem, source] = after;
    if (
      device === undefined ||
      root === undefined ||
      mountPath === undefined ||
      options === undefined ||
      fileSystem === undefined ||
      source === undefined
    )
      continue;
    lines.push({
      device,
      options: options.split(","),
      root: unescaped(root),
      mountPath: unescaped(mountPath),
      fileSystem,
      source: unescaped(source),
    });
  }
  return lines;
}

function splitAtDash(fields: readonly string[]): [readonly string[], readonly string[]] {
  const dash = fields.indexOf("-", 6);
  return dash === -1 ? [[], []] : [fields.slice(0, dash), fields.slice(dash + 1)];
}

/** The kernel writes space, tab, newline and backslash as three octal digits. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function escaped(path: string): string {
  return path.replace(/[ \t\n\\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
}
