/** A code point that Unicode keeps for the inside of programs: no text of users' has it. */
const ESCAPE = "\uFDD0";
/** With the flag u, halves of a surrogate pair are found only where the other half is missing. */
const UNKEPT = new RegExp(`[\\0${ESCAPE}\\p{Surrogate}]`, "gu");
const ESCAPED = new RegExp(`${ESCAPE}([01])`, "g");

/**
 * A text as every database can keep it: PostgreSQL refuses U+0000, which an error of a plugin may well hold. It comes back as it was.
 * Half of a surrogate pair, which is no text, becomes U+FFFD.
 */
export function escapeText(text: string): string {
  return text.replace(UNKEPT, (found) => {
    if (found === "\0") return `${ESCAPE}0`;
    return found === ESCAPE ? `${ESCAPE}1` : "\uFFFD";
  });
}

export function unescapeText(stored: string): string {
  return stored.includes(ESCAPE) ? stored.replace(ESCAPED, (_, digit) => (digit === "1" ? ESCAPE : "\0")) : stored;
}
