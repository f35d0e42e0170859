import type { Problem } from "../../problems/problem.ts";

export interface MessageFile {
  /** By id, in the order of the file. */
  readonly messages: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

const ID = /^[A-Za-z]\w*$/;

export function isMessageId(text: string): boolean {
  return ID.test(text);
}

/** Reads a file of `id=text` lines; blank ones and those that begin with `#` are skipped. `file` is the name that problems show. */
export function parseMessageFile(text: string, file: string): MessageFile {
  const messages = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const at = { file, line: index + 1 };
    const separator = line.indexOf("=");
    const id = line.slice(0, Math.max(separator, 0)).trimEnd();
    if (separator === -1) problems.push({ ...at, where: "", message: "has no =", action: "Write it as id=text." });
    else if (!isMessageId(id))
      problems.push({ ...at, where: id, message: "must begin with a letter and consist of letters, digits and _" });
    else if (messages.has(id)) problems.push({ ...at, where: id, message: "is there a second time" });
    else messages.set(id, line.slice(separator + 1).trimStart());
  }
  return { messages: Object.fromEntries(messages), problems };
}
