const LEADING_LINES = /^\uFEFF?(?:\s*#[^\n]*)*/;
const NOTHING = /^(?:\s+|;|--\[(=*)\[[^]*?\]\1\]|--(?!\[=*\[)[^\n]*)/;

/** Whether a script does anything: more than blanks, comments, and lines at its beginning that start with `#`. */
export function hasStatements(script: string): boolean {
  let rest = script.replace(LEADING_LINES, "");
  for (let nothing = NOTHING.exec(rest); nothing !== null; nothing = NOTHING.exec(rest)) rest = rest.slice(nothing[0].length);
  return rest !== "";
}
