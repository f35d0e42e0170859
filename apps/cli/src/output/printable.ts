/** Text for one line of the screen: whatever it holds, it stays on its line and does nothing to the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F]/g, "?");
}

/** The same for text of several lines, such as what a command has printed. */
export function printableLines(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, "?");
}
