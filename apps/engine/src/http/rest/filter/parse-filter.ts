import { type FilterExpression, type FilterValue, type Operator, OPERATORS } from "./filter-expression.ts";
import { filterError, filterTokens, type Token, unquote } from "./filter-tokens.ts";

const DEEPEST_NESTING = 32;

/**
 * Parses a filter: comparisons joined by OR, AND (which binds tighter), NOT and parentheses. Operators and words may be
 * written in any case. @throws EngineError `INPUT_INVALID`
 */
export function parseFilter(filter: string): FilterExpression {
  const tokens = new TokenReader(filterTokens(filter));
  const expression = parseOr(tokens, 0);
  if (tokens.next.kind !== "end") throw filterError(`goes on after its end`, tokens.next.at);
  return expression;
}

class TokenReader {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token {
    return this.#tokens[this.#position] ?? { kind: "end", text: "", at: 0 };
  }

  take(): Token {
    const token = this.next;
    this.#position++;
    return token;
  }

  /** Takes the next token where it is this word or sign. */
  takeIf(text: string): boolean {
    const isIt = this.next.kind !== "text" && this.next.text.toUpperCase() === text;
    if (isIt) this.#position++;
    return isIt;
  }
}

function parseOr(tokens: TokenReader, depth: number): FilterExpression {
  return parseJoined("or", tokens, () => parseJoined("and", tokens, () => parseNot(tokens, depth)));
}

function parseJoined(kind: "or" | "and", tokens: TokenReader, parseOperand: () => FilterExpression): FilterExpression {
  const first = parseOperand();
  const operands = [first];
  while (tokens.takeIf(kind.toUpperCase())) operands.push(parseOperand());
  return operands.length === 1 ? first : { kind, operands };
}

function parseNot(tokens: TokenReader, depth: number): FilterExpression {
  if (depth > DEEPEST_NESTING) throw filterError(`is nested deeper than ${DEEPEST_NESTING} levels`, tokens.next.at);
  if (tokens.takeIf("NOT")) return { kind: "not", operand: parseNot(tokens, depth + 1) };
  if (!tokens.takeIf("(")) return parseComparison(tokens);
  const inner = parseOr(tokens, depth + 1);
  if (!tokens.takeIf(")")) throw filterError(`lacks a closing parenthesis`, tokens.next.at);
  return inner;
}

function parseComparison(tokens: TokenReader): FilterExpression {
  const member = tokens.take();
  if (member.kind !== "word") throw filterError(`lacks the name of a member`, member.at);
  const word = tokens.take();
  const operator = OPERATORS.find((candidate) => word.kind === "word" && candidate === word.text.toUpperCase());
  if (operator === undefined) throw filterError(`lacks one of ${OPERATORS.join(", ")}`, word.at);
  return { kind: "comparison", member: member.text, operator, value: operator === "IN" ? parseList(tokens) : parseValue(tokens, operator) };
}

function parseList(tokens: TokenReader): FilterValue {
  if (!tokens.takeIf("[")) throw filterError(`lacks a list such as ["a", "b"] after IN`, tokens.next.at);
  const values: FilterValue[] = [];
  do {
    if (tokens.next.text === "]") break;
    values.push(parseValue(tokens, "IN"));
  } while (tokens.takeIf(","));
  if (!tokens.takeIf("]")) throw filterError(`lacks the end of a list`, tokens.next.at);
  return values;
}

const WORDS: Readonly<Record<string, FilterValue>> = { true: true, false: false, nil: null, null: null };

function parseValue(tokens: TokenReader, operator: Operator): FilterValue {
  const token = tokens.take();
  if (token.kind === "text") return unquote(token.text);
  if (token.kind === "number") return Number(token.text);
  const word = token.kind === "word" ? token.text.toLowerCase() : "";
  if (Object.hasOwn(WORDS, word)) return WORDS[word] ?? null;
  throw filterError(`lacks a value after ${operator}: a quoted text, a number, true, false or nil`, token.at);
}
