import { EngineError } from "../../errors/engine-error.ts";
import type { HideExpression } from "./hide-expression.ts";

const TOKEN =
  /\s*(?:(===|!==|&&|\|\||!|\(|\)|\?\.|\.)|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|([\p{L}_$][\p{L}\p{N}_$]*))/uy;
const LONGEST = 2000;
const DEEPEST = 50;
const CONSTANTS = new Map<string, boolean | null | undefined>([
  ["true", true],
  ["false", false],
  ["null", null],
  ["undefined", undefined],
]);

interface Token {
  readonly kind: "operator" | "text" | "number" | "name" | "end";
  readonly text: string;
}

const END: Token = { kind: "end", text: "the end" };

/**
 * Reads a `hideExpression`: paths (`model.x`, `field.parent.parent.model?.a?.b`), literals, `! && || === !==` and
 * parentheses. It is a language of its own that happens to look like JavaScript; nothing of it is ever executed.
 * @throws EngineError `PLUGIN_INVALID`
 */
export function parseHideExpression(text: string): HideExpression {
  if (text.length > LONGEST) throw invalid(`is longer than ${String(LONGEST)} characters`);
  const parser = new HideExpressionParser(tokenise(text));
  return parser.parse();
}

function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let index = 0;
  while (text.slice(index).trim() !== "") {
    TOKEN.lastIndex = index;
    const match = TOKEN.exec(text);
    if (match === null) throw invalid(`cannot contain ${JSON.stringify(text.slice(index).trim().slice(0, 10))}`);
    const [, operator, quoted, number, name] = match;
    if (operator !== undefined) tokens.push({ kind: "operator", text: operator });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.slice(1, -1).replace(/\\(.)/gsu, "$1") });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    index = TOKEN.lastIndex;
  }
  return tokens;
}

class HideExpressionParser {
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): HideExpression {
    const expression = this.#or();
    if (this.#peek() !== END) throw invalid(`has an unexpected ${JSON.stringify(this.#peek().text)}`);
    return expression;
  }

  #or(): HideExpression {
    let left = this.#and();
    while (this.#take("||")) left = { kind: "or", left, right: this.#and() };
    return left;
  }

  #and(): HideExpression {
    let left = this.#comparison();
    while (this.#take("&&")) left = { kind: "and", left, right: this.#comparison() };
    return left;
  }

  #comparison(): HideExpression {
    let left = this.#not();
    for (;;) {
      if (this.#take("===")) left = { kind: "equals", left, right: this.#not() };
      else if (this.#take("!==")) left = { kind: "differs", left, right: this.#not() };
      else return left;
    }
  }

  #not(): HideExpression {
    if (++this.#depth > DEEPEST) throw invalid("is nested too deeply");
    const expression: HideExpression = this.#take("!") ? { kind: "not", operand: this.#not() } : this.#primary();
    this.#depth--;
    return expression;
  }

  #primary(): HideExpression {
    if (this.#take("(")) {
      const inner = this.#or();
      if (!this.#take(")")) throw invalid("lacks a closing parenthesis");
      return inner;
    }
    const token = this.#next();
    if (token.kind === "text") return { kind: "literal", value: token.text };
    if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
    if (token.kind === "name" && CONSTANTS.has(token.text)) return { kind: "literal", value: CONSTANTS.get(token.text) };
    if (token.kind === "name" && token.text === "model") return this.#path(0);
    if (token.kind === "name" && token.text === "field") return this.#fieldPath();
    throw invalid(`has ${JSON.stringify(token.text)} where a path or a literal is expected`);
  }

  /** `field.model` and `field.parent.model` are the object that the field is in; each further parent is one container up. */
  #fieldPath(): HideExpression {
    for (let parents = 0; ; parents++) {
      const name = this.#member();
      if (name === "model") return this.#path(Math.max(0, parents - 1));
      if (name !== "parent") throw invalid("may go on from `field` only with `.parent` and `.model`");
    }
  }

  #path(ascend: number): HideExpression {
    const steps: string[] = [];
    for (let step = this.#member(); step !== undefined; step = this.#member()) steps.push(step);
    if (steps.length === 0) throw invalid("names no property after `model`");
    return { kind: "path", ascend, steps };
  }

  #member(): string | undefined {
    if (!this.#take(".") && !this.#take("?.")) return undefined;
    const token = this.#next();
    if (token.kind !== "name") throw invalid("lacks a property name after a dot");
    return token.text;
  }

  #peek(): Token {
    return this.#tokens[this.#index] ?? END;
  }

  #next(): Token {
    const token = this.#peek();
    this.#index++;
    return token;
  }

  #take(operator: string): boolean {
    const token = this.#peek();
    if (token.kind !== "operator" || token.text !== operator) return false;
    this.#index++;
    return true;
  }
}

function invalid(problem: string): EngineError {
  return new EngineError("PLUGIN_INVALID", `The hideExpression ${problem}.`, {
    action: "Use `model.x` or `field.parent.parent.model?.x`, literals, and the operators ! && || === !==.",
  });
}
