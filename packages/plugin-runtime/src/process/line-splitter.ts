const LINE_LIMIT_CHARACTERS = 8192;

/** Cuts a plugin's output into lines; an endless line is cut too. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #held = "";

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    const lines = (this.#held + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#held = lines.pop() ?? "";
    for (const line of lines) this.#onLine(line.slice(0, LINE_LIMIT_CHARACTERS));
    while (this.#held.length > LINE_LIMIT_CHARACTERS) {
      this.#onLine(this.#held.slice(0, LINE_LIMIT_CHARACTERS));
      this.#held = this.#held.slice(LINE_LIMIT_CHARACTERS);
    }
  }

  end(): void {
    if (this.#held !== "") this.#onLine(this.#held);
    this.#held = "";
  }
}
