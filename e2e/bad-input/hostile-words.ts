/**
 * Words that somebody, or something, may give where a command expects another, by what is wrong with them. The serial makes
 * those that are a good name all the same differ from place to place.
 */
export function hostileWords(serial: number): Readonly<Record<string, string>> {
  return {
    empty: "",
    blank: serial.toString(2).replaceAll("0", " ").replaceAll("1", "\t"),
    huge: "x".repeat(100_000),
    quotes: `it's "so" ${serial}; $(touch pwned) \`touch pwned\` \\`,
    newline: `one\ntwo ${serial}\r\n`,
    escapes: `\u001B[2J\u0007\\0%00\\u0000 ${serial}`,
    dashes: "--no-such-option",
    outside: `../../../../etc/passwd${serial}`,
    upwards: `../${serial}/..`,
    system: `/proc/self/${serial}`,
    number: `-1.5e308${serial}`,
    json: `{"no such": [${serial}, null]}`,
    unfinished: `{"a${serial}`,
    unknown: `no-such-thing-${serial}`,
    reference: `APPDATA_CONTAINER-99999${serial}`,
    unpaired: `\uD800${serial}`,
  };
}
