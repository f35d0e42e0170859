import { EngineError } from "../errors/engine-error.ts";
import { isJsonObject, type Json } from "../json/json.ts";
import { secretForms } from "./secret-forms.ts";

/** What stands where a secret was. */
export const REDACTED = "********";

/**
 * Blanks out known secrets in what is shown: errors, logs, outputs. It finds them in any of the ways in which `secretForms`
 * writes them, not in parts, and leaves those below `SHORTEST_MASKED` characters alone.
 */
export class SecretMask {
  readonly #secrets = new Set<string>();
  readonly #forms = new Set<string>();
  #longestForm = 0;

  constructor(secrets: readonly Json[] = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** How many secrets it knows. */
  get size(): number {
    return this.#secrets.size;
  }

  /** The length of the longest text that it looks for. */
  get longestForm(): number {
    return this.#longestForm;
  }

  /** A secret, or a value that is secret with all the texts and numbers in it. */
  add(secret: Json): void {
    if (Array.isArray(secret)) for (const item of secret as readonly Json[]) this.add(item);
    else if (isJsonObject(secret)) for (const member of Object.values(secret)) this.add(member ?? null);
    else if (typeof secret === "string" || typeof secret === "number") this.#addText(String(secret));
  }

  text(text: string): string {
    const spans = this.#find(text);
    if (spans.length === 0) return text;
    let masked = "";
    let at = 0;
    for (const { from, to } of spans) {
      masked += text.slice(at, from) + REDACTED;
      at = to;
    }
    return masked + text.slice(at);
  }

  /** Whether a text holds any of them. */
  finds(text: string): boolean {
    return [...this.#forms].some((form) => text.includes(form));
  }

  /** The same value with every text, and every member's name, masked. */
  json<T extends Json>(value: T): T {
    return this.#json(value) as T;
  }

  /** The error itself where nothing in it is secret, else one of the same code that can be shown; its causes are masked as well. */
  error(error: EngineError): EngineError {
    if (this.size === 0 || !this.#isTold(error)) return error;
    const { code, message, action, details, cause } = error;
    const masked = new EngineError(code, this.text(message), {
      action: this.text(action),
      details: this.json(details),
      ...(cause === undefined ? {} : { cause: this.#cause(cause) }),
    });
    masked.stack = this.text(error.stack ?? "");
    return masked;
  }

  #addText(text: string): void {
    if (this.#secrets.has(text)) return;
    this.#secrets.add(text);
    for (const form of secretForms(text)) {
      this.#forms.add(form);
      this.#longestForm = Math.max(this.#longestForm, form.length);
    }
  }

  /** Where the text holds secrets; what touches or overlaps is one place. */
  #find(text: string): readonly { readonly from: number; readonly to: number }[] {
    const found: { from: number; to: number }[] = [];
    for (const form of this.#forms) {
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) found.push({ from: at, to: at + form.length });
    }
    const joined: { from: number; to: number }[] = [];
    for (const span of found.sort((a, b) => a.from - b.from)) {
      const last = joined.at(-1);
      if (last === undefined || span.from > last.to) joined.push(span);
      else last.to = Math.max(last.to, span.to);
    }
    return joined;
  }

  #json(value: Json): Json {
    if (typeof value === "string") return this.text(value);
    if (typeof value === "number") return this.#secrets.has(String(value)) ? this.text(String(value)) : value;
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => this.#json(item));
    if (!isJsonObject(value)) return value;
    const members = Object.entries(value).map(([name, member]) => [this.text(name), member === undefined ? member : this.#json(member)]);
    return Object.fromEntries(members) as Json;
  }

  #isTold(thrown: unknown): boolean {
    if (!(thrown instanceof Error)) return this.text(wordsOf(thrown)) !== wordsOf(thrown);
    const shown = [thrown.message, thrown.stack ?? "", ...(thrown instanceof EngineError ? [thrown.action] : [])];
    const isDetailed = thrown instanceof EngineError && JSON.stringify(this.json(thrown.details)) !== JSON.stringify(thrown.details);
    return isDetailed || shown.some((text) => this.text(text) !== text) || this.#isTold(thrown.cause);
  }

  #cause(cause: unknown): unknown {
    if (cause instanceof EngineError) return this.error(cause);
    if (!(cause instanceof Error)) return this.text(wordsOf(cause));
    const masked = new Error(this.text(cause.message), cause.cause === undefined ? undefined : { cause: this.#cause(cause.cause) });
    masked.name = cause.name;
    masked.stack = this.text(cause.stack ?? "");
    return masked;
  }
}

function wordsOf(thrown: unknown): string {
  return typeof thrown === "string" ? thrown : JSON.stringify([thrown]);
}
