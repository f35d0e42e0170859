/** What differs from one run to the next, and what stands for it in a comparison. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/(shown this once: )\S+/g, "$1<password>"],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<guid>"],
  [/\d{4}-\d{2}-\d{2}T[\d:.-]+Z/g, "<time>"],
  [/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} [\w+:-]+/g, "<time>"],
  [/\b\d{2}:\d{2}:\d{2}\b/g, "<clock>"],
  [/\b([A-Z]+(?:_[A-Z]+)*)-\d+\b/g, "$1-<n>"],
  [/\b\d+(?:\.\d+)? (?:B|[KMGTP]iB)(?!\w)/g, "<size>"],
  [/\b\d+(?:\.\d+)? (?:ms|s)\b/g, "<duration>"],
  [/\b(process|pid) \d+/g, "$1 <pid>"],
  [/\S+, version \S+/g, "<engine>"],
];

/** Alone on a line it stands for any lines, within one for any text. */
const ELISION = "…";

/** A text with its volatile parts replaced, and blanks and rules as if columns were as wide as what is in them. */
export function normalize(text: string): string {
  const steady = VOLATILE.reduce((result, [pattern, replacement]) => result.replaceAll(pattern, replacement), text);
  const lines = steady.split("\n").map((line) => line.replaceAll(/(?<=\S) {2,}/g, "  ").trimEnd());
  return lines.join("\n").trim();
}

/** Whether a command printed what a document shows, volatile parts apart. */
export function isSameOutput(shown: string, printed: string): boolean {
  const parts = normalize(shown)
    .split("\n")
    .map((line) => (line.trim() === ELISION ? "(?:.*\\n)*?" : `${escape(line).replaceAll(ELISION, ".*")}\\n`));
  return new RegExp(`^${parts.join("")}$`).test(`${normalize(printed)}\n`);
}

function escape(line: string): string {
  return line.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
