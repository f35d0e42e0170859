import type { SecretMask } from "@opendvp/model";

const LINE_LIMIT_CHARACTERS = 8192;

/**
 * Cuts a plugin's output into lines; an endless line is cut too. Secrets are masked before anything is cut off: none is told in
 * two halves, whatever pieces it comes in.
 */
export class LineSplitter {
  readonly #mask: SecretMask;
  readonly #onLine: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #held = "";

  constructor(mask: SecretMask, onLine: (line: string) => void) {
    this.#mask = mask;
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    const lines = (this.#held + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#held = lines.pop() ?? "";
    for (const line of lines) this.#onLine(this.#mask.text(line).slice(0, LINE_LIMIT_CHARACTERS));
    this.#cutEndless();
  }

  end(): void {
    if (this.#held !== "") this.#onLine(this.#mask.text(this.#held).slice(0, LINE_LIMIT_CHARACTERS));
    this.#held = "";
  }

  /** A secret whose end is still to come lies within the part that is kept. */
  #cutEndless(): void {
    const keptCharacters = LINE_LIMIT_CHARACTERS + this.#mask.longestForm;
    if (this.#held.length <= keptCharacters) return;
    this.#held = this.#mask.text(this.#held);
    while (this.#held.length > keptCharacters) {
      this.#onLine(this.#held.slice(0, LINE_LIMIT_CHARACTERS));
      this.#held = this.#held.slice(LINE_LIMIT_CHARACTERS);
    }
  }
}
