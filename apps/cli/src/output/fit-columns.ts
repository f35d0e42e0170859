import widthOf from "fast-string-truncated-width";

const ELLIPSIS = "…";
const CHARACTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Printable text in at most so many columns of the screen; an ellipsis stands for what is cut off. */
export function fitColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let [fit, left] = ["", columns - 1];
  for (const { segment } of CHARACTERS.segment(text)) {
    left -= widthOf(segment).width;
    if (left < 0) break;
    fit += segment;
  }
  return columns < 1 ? "" : fit + ELLIPSIS;
}

/** How many columns of the screen printable text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of CHARACTERS.segment(text)) columns += widthOf(segment).width;
  return columns;
}
