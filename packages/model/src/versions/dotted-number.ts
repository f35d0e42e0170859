const FORM = /^[0-9]+(?:\.[0-9]+)*$/;

/**
 * The canonical form of numbers joined by dots: no leading zeros in a part, no zero parts at the end. `undefined`
 * where the text has another form or all parts are zero. Parts have any length: nothing is rounded.
 */
export function normaliseDottedNumber(text: string): string | undefined {
  if (!FORM.test(text)) return undefined;
  const parts = text.split(".").map(withoutLeadingZeros);
  while (parts.at(-1) === "0") parts.pop();
  return parts.length === 0 ? undefined : parts.join(".");
}

/** Orders two canonical dotted numbers part by part; a missing part counts as zero. */
export function compareDottedNumbers(first: string, second: string): number {
  const firstParts = first.split(".");
  const secondParts = second.split(".");
  for (let index = 0; index < Math.max(firstParts.length, secondParts.length); index++) {
    const order = compareParts(firstParts[index] ?? "0", secondParts[index] ?? "0");
    if (order !== 0) return order;
  }
  return 0;
}

function withoutLeadingZeros(part: string): string {
  return part.replace(/^0+(?=[0-9])/, "");
}

function compareParts(first: string, second: string): number {
  if (first.length !== second.length) return first.length < second.length ? -1 : 1;
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
