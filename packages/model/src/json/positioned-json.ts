import type { Json, JsonObject } from "./json.ts";
import type { JsonPath } from "./json-path.ts";

const DEEPEST = 200;
const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;

/** A text that is no JSON, with the line on which it stops being one. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** JSON as a person wrote it: its value, and on which line each part of it stands. */
export interface PositionedJson {
  readonly value: Json;
  /** Members that occur more than once in their object; the last one is in `value`. */
  readonly duplicates: readonly { readonly path: JsonPath; readonly line: number }[];
  /** The line of the nearest enclosing part that is there. */
  readonly lineOf: (path: JsonPath) => number;
}

/**
 * Reads JSON like JSON.parse, but remembers lines and duplicate members.
 * @throws JsonSyntaxError
 */
export function readPositionedJson(text: string): PositionedJson {
  const reader = new PositionedJsonReader(text);
  const value = reader.readDocument();
  return {
    value,
    duplicates: reader.duplicates,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length--) {
        const line = reader.lines.get(JSON.stringify(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return 1;
    },
  };
}

class PositionedJsonReader {
  readonly duplicates: { path: JsonPath; line: number }[] = [];
  readonly lines = new Map<string, number>();
  readonly #text: string;
  #index = 0;
  #lineIndex = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text.startsWith("\uFEFF") ? text.slice(1) : text;
  }

  readDocument(): Json {
    const value = this.#readValue([]);
    this.#skipSpace();
    if (this.#index < this.#text.length) this.#fail("something follows after the end");
    return value;
  }

  #readValue(path: JsonPath): Json {
    if (path.length > DEEPEST) this.#fail(`nested deeper than ${String(DEEPEST)} levels`);
    this.#skipSpace();
    if (this.#text[this.#index] === "{") return this.#readObject(path);
    if (this.#text[this.#index] === "[") return this.#readArray(path);
    const token = this.#match(STRING) ?? this.#match(SCALAR);
    if (token === undefined) this.#fail("a value is missing or malformed");
    return JSON.parse(token) as Json;
  }

  #readObject(path: JsonPath): JsonObject {
    const members = new Map<string, Json>();
    this.#readSequence("}", () => {
      const line = this.#currentLine();
      const token = this.#match(STRING);
      if (token === undefined) this.#fail("a member name in double quotes is missing");
      const name = JSON.parse(token) as string;
      const memberPath = [...path, name];
      if (members.has(name)) this.duplicates.push({ path: memberPath, line });
      this.lines.set(JSON.stringify(memberPath), line);
      this.#skipSpace();
      if (!this.#take(":")) this.#fail("a colon is missing");
      members.set(name, this.#readValue(memberPath));
    });
    return Object.fromEntries(members);
  }

  #readArray(path: JsonPath): readonly Json[] {
    const elements: Json[] = [];
    this.#readSequence("]", () => {
      const elementPath = [...path, elements.length];
      this.lines.set(JSON.stringify(elementPath), this.#currentLine());
      elements.push(this.#readValue(elementPath));
    });
    return elements;
  }

  #readSequence(end: "}" | "]", readItem: () => void): void {
    this.#index++;
    this.#skipSpace();
    if (this.#take(end)) return;
    for (;;) {
      this.#skipSpace();
      readItem();
      this.#skipSpace();
      if (this.#take(end)) return;
      if (!this.#take(",")) this.#fail(`a comma or ${JSON.stringify(end)} is missing`);
    }
  }

  #skipSpace(): void {
    this.#match(SPACE);
  }

  #match(form: RegExp): string | undefined {
    form.lastIndex = this.#index;
    const token = form.exec(this.#text)?.[0];
    if (token !== undefined) this.#index += token.length;
    return token;
  }

  #take(character: string): boolean {
    if (this.#text[this.#index] !== character) return false;
    this.#index++;
    return true;
  }

  #currentLine(): number {
    for (; this.#lineIndex < this.#index; this.#lineIndex++) {
      if (this.#text[this.#lineIndex] === "\n") this.#line++;
    }
    return this.#line;
  }

  #fail(message: string): never {
    throw new JsonSyntaxError(message, this.#currentLine());
  }
}
