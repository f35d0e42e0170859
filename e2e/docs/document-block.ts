/** What a fenced block of a document is, told by the words behind its fence. */
export type DocumentBlock = CommandBlock | OutputBlock | FileBlock;

interface Place {
  /** Of the line after the opening fence, from 1. */
  readonly line: number;
  readonly text: string;
}

/** ```sh — commands, each of which succeeds; the last one ends with another code where one is named. */
export interface CommandBlock extends Place {
  readonly kind: "commands";
  readonly exitCode: number;
  /** Somebody is asked for the password that the engine has shown, and types it. */
  readonly asksPassword: boolean;
}

/** ```text — what the commands before it print. */
export interface OutputBlock extends Place {
  readonly kind: "output";
}

/** ```<language> title=<path> — the content of a file, or with `append` what is added to it. */
export interface FileBlock extends Place {
  readonly kind: "file";
  readonly path: string;
  readonly isAppended: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/**
 * The fenced blocks of a document, in order.
 * @throws Error for one of no known kind, or one that is not closed, with its line: none is ever passed over
 */
export function readBlocks(markdown: string): readonly DocumentBlock[] {
  const lines = markdown.split("\n");
  const blocks: DocumentBlock[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [, fence, info = ""] = FENCE.exec(lines[index] ?? "") ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((line, at) => at > index && line.trim() === fence);
    if (end < 0) throw new Error(`The block of line ${index + 1} is not closed.`);
    const text = lines.slice(index + 1, end).map((line) => `${line}\n`);
    blocks.push(blockOf(info.trim(), { line: index + 2, text: text.join("") }));
    index = end;
  }
  return blocks;
}

function blockOf(info: string, place: Place): DocumentBlock {
  const [language = "", ...words] = info.split(/\s+/);
  if (language === "sh") return { kind: "commands", ...commandWords(words, place), ...place };
  if (language === "text" && words.length === 0) return { kind: "output", ...place };
  const [, path] = /^title=(\S+)$/.exec(words[0] ?? "") ?? [];
  if (path !== undefined && words.slice(1).every((word) => word === "append")) {
    return { kind: "file", path, isAppended: words.length > 1, ...place };
  }
  throw new Error(
    `The block of line ${place.line - 1} is of no known kind: "${info}". Known are sh, text, and a language with title=PATH.`,
  );
}

function commandWords(words: readonly string[], { line }: Place): Pick<CommandBlock, "exitCode" | "asksPassword"> {
  const unknown = words.find((word) => word !== "password" && !/^exit=\d+$/.test(word));
  if (unknown !== undefined) throw new Error(`The commands of line ${line - 1} have an unknown word: "${unknown}".`);
  const exit = words.find((word) => word.startsWith("exit="));
  return { exitCode: Number(exit?.slice("exit=".length) ?? 0), asksPassword: words.includes("password") };
}
