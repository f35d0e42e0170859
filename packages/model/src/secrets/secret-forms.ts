/** What is shorter is not masked: it is part of too many words, and a text full of holes tells nobody anything. */
export const SHORTEST_MASKED = 4;

// The first and last line of a key in PEM are the same for everybody.
const PEM_BOUNDARY = /^-----.*-----$/;
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/**
 * How a secret may be written: as it is, line by line, escaped as in JSON, in a URL and in a shell's quotes, and as base64, alone
 * or after something else (as in `user:password`). Longest first.
 */
export function secretForms(secret: string): readonly string[] {
  const wellFormed = secret.replace(LONE_SURROGATE, "\ufffd");
  const lines = secret.split(/[\r\n]+/).filter((line) => !PEM_BOUNDARY.test(line));
  const forms = [
    secret,
    ...lines,
    ...lines.map((line) => line.trim()),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll("'", "'\\''"),
    ...urlForms(wellFormed),
    ...base64Forms(wellFormed),
  ];
  return [...new Set(forms)].filter(({ length }) => length >= SHORTEST_MASKED).sort((a, b) => b.length - a.length);
}

/** In a path or query, and in a form, which writes blanks as + and more marks as escapes. */
function urlForms(text: string): readonly string[] {
  const inPath = encodeURIComponent(text);
  const inForm = new URLSearchParams([["", text]]).toString().slice(1);
  const written = [inPath, inPath.replaceAll("%20", "+"), inForm, inForm.replaceAll("+", "%20")];
  return [...written, ...written.map((form) => form.replace(/%../g, (escape) => escape.toLowerCase()))];
}

/** Base64 writes three bytes as four characters, so what stands before a secret decides how it looks: three ways. */
function base64Forms(text: string): readonly string[] {
  const bytes = new TextEncoder().encode(text);
  const whole = base64(bytes).replace(/=+$/, "");
  const aligned = [0, 1, 2].map((before) => {
    const characters = base64(Uint8Array.of(...new Uint8Array(before), ...bytes));
    // Only characters that are made of the secret's bits alone.
    return characters.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [whole, ...aligned].flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]);
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
