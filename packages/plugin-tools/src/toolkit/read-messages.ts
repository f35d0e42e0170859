import { parseMessageFile, type Problem, type ToolkitLocale } from "@opendvp/model";
import type { ToolkitTree } from "./toolkit-tree.ts";

/** The messages of a toolkit by locale, and where each stands. */
export interface ToolkitMessages {
  /** Absent without a directory `messages`. */
  readonly locales?: readonly ToolkitLocale[];
  /** The file of each locale, in the same order. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

const MESSAGES = "messages";
const LOCALE_FILE = /^messages\/(\w[\w-]*)\.txt$/;

/** Reads `messages/<locale>.txt`. */
export function readMessages(tree: ToolkitTree): ToolkitMessages {
  if (!tree.directories.has(MESSAGES)) return { files: [], problems: [], warnings: [] };
  const [locales, files]: [ToolkitLocale[], string[]] = [[], []];
  const [problems, warnings]: [Problem[], Problem[]] = [[], []];
  for (const [file, text] of tree.files) {
    if (!file.startsWith(`${MESSAGES}/`)) continue;
    const locale = LOCALE_FILE.exec(file)?.[1];
    if (locale === undefined) {
      warnings.push({
        file,
        where: "",
        message: "is no file of messages, and is left out",
        action: "Call it after its locale, such as messages/en-us.txt.",
      });
      continue;
    }
    const read = parseMessageFile(text, file);
    problems.push(...read.problems);
    locales.push({ locale, messages: read.messages });
    files.push(file);
  }
  return { locales, files, problems, warnings };
}

/** The line of a message in its file. */
export function lineOfMessage(text: string, id: string): number | undefined {
  const index = text.split(/\r\n|\n|\r/).findIndex((line) => line.slice(0, Math.max(line.indexOf("="), 0)).trimEnd() === id);
  return index === -1 ? undefined : index + 1;
}
