/** Blank lines and lines that start with `#`, as long as there are no others; also behind a byte order mark, and with line ends of Windows. */
const HASH_LINES = /^\uFEFF?(?:[ \t\r]*(?:#[^\n]*)?\n)*(?:[ \t\r]*#[^\n]*)?/;

/** A script without the lines at its beginning that start with `#`, which toolkits may have. All others keep their numbers. */
export function withoutHashLines(script: string): string {
  return script.replace(HASH_LINES, (lines) => lines.replace(/[^\n]/g, ""));
}
