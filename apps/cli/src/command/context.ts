import type { Client } from "@opendvp/client";
import { openClient } from "../configuration/open-client.ts";
import type { Terminal } from "../terminal.ts";
import type { CommonOptions } from "./common-options.ts";

/** What a running command works with. */
export class Context<O extends CommonOptions = CommonOptions> {
  readonly terminal: Terminal;
  readonly options: O;
  #client: Promise<Client> | undefined;

  constructor(terminal: Terminal, options: O) {
    this.terminal = terminal;
    this.options = options;
  }

  /** The engine, logged in. */
  client(): Promise<Client> {
    this.#client ??= openClient(this.terminal, this.options.engine ?? this.options.delphixEngine);
    return this.#client;
  }

  /** Prints a result: the API's object with `--json`, else in words. */
  print(value: unknown, words: () => string): void {
    if (this.options.json === true) this.terminal.out(JSON.stringify(value, undefined, 2));
    else if (!this.isQuiet) this.terminal.out(words());
  }

  /** Says something beside the result. */
  note(text: string): void {
    if (!this.isQuiet) this.terminal.err(`${text}\n`);
  }

  get isQuiet(): boolean {
    return (this.options.quiet ?? 0) > 0;
  }
}
