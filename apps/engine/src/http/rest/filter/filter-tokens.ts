import { EngineError } from "@opendvp/model";

export interface Token {
  readonly kind: "word" | "text" | "number" | "punctuation" | "end";
  readonly text: string;
  /** Where it begins, counted from 0. */
  readonly at: number;
}

const FORMS: readonly (readonly [Token["kind"] | "space", RegExp])[] = [
  ["space", /\s+/y],
  ["number", /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y],
  ["word", /[A-Za-z_][\w.]*/y],
  ["text", /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/y],
  ["punctuation", /[()[\],]/y],
];

/** The words of a filter, closed by an `end`. @throws EngineError `INPUT_INVALID` */
export function filterTokens(filter: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < filter.length) {
    const token = tokenAt(filter, at);
    if (token.kind !== "space") tokens.push({ kind: token.kind, text: token.text, at });
    at += token.text.length;
  }
  return [...tokens, { kind: "end", text: "", at }];
}

function tokenAt(filter: string, at: number): { readonly kind: Token["kind"] | "space"; readonly text: string } {
  for (const [kind, form] of FORMS) {
    form.lastIndex = at;
    const text = form.exec(filter)?.[0];
    if (text !== undefined) return { kind, text };
  }
  throw filterError(`has something that does not belong there`, at);
}

/** What a quoted text means: a backslash takes the next character as it is. */
export function unquote(text: string): string {
  return text.slice(1, -1).replaceAll(/\\([\s\S])/g, "$1");
}

export function filterError(problem: string, at: number): EngineError {
  return new EngineError("INPUT_INVALID", `The filter ${problem}, at character ${at + 1}.`, {
    action: 'Write comparisons such as name EQ "vdb1" AND (size GT 1000 OR NOT status EQ "ACTIVE").',
    details: { in: "body", path: "/filter_expression", at: at + 1 },
  });
}
