/** Indents declarations by their braces; comments keep their alignment. */
export function indent(declarations: string): string {
  let depth = 0;
  return declarations
    .split("\n")
    .map((line) => {
      const text = line.trim();
      if (/^[}\])]/.test(text)) depth = Math.max(0, depth - 1);
      const shift = text.startsWith("*") ? " " : "";
      const indented = text === "" ? "" : `${"  ".repeat(depth)}${shift}${text}`;
      if (!text.startsWith("*") && !text.startsWith("/*") && /[{[(]$/.test(text)) depth += 1;
      return indented;
    })
    .join("\n");
}
