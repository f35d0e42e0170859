/** Comments and long texts, in which a backslash means itself, and texts in quotes. */
const TOKENS = /--\[(=*)\[[^]*?(?:\]\1\]|$)|--[^\n]*|\[(=*)\[[^]*?(?:\]\2\]|$)|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/g;
const ESCAPE = /\\([^])/g;
const KNOWN = /[abfnrtvz\\"'\n\r0-9]/;

/**
 * A script with the escapes that Lua has today. To Lua 5.1, a backslash before any other character was that character: toolkits write
 * `"s/\./_/"`, which is no Lua any more. Lines keep their numbers.
 */
export function withKnownEscapes(script: string): string {
  return script.replace(TOKENS, (token) => (token.startsWith('"') || token.startsWith("'") ? inQuotes(token) : token));
}

function inQuotes(token: string): string {
  return token.replace(ESCAPE, (escape, character: string, at: number) => {
    const rest = token.slice(at + escape.length, at + escape.length + 2);
    const isCode = character === "x" ? /^[0-9A-Fa-f]{2}$/.test(rest) : character === "u" && rest.startsWith("{");
    return isCode || KNOWN.test(character) ? escape : character;
  });
}
