import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { readBlocks, type CommandBlock, type DocumentBlock, type FileBlock, type OutputBlock } from "./document-block.ts";
import { isSameOutput } from "./same-output.ts";
import type { CommandOutcome, ShellSession } from "./shell-session.ts";
import { splitCommands } from "./split-commands.ts";

export interface DocumentRun {
  readonly markdown: string;
  readonly session: ShellSession;
  /** What the document names and the test puts elsewhere: shown text → text here. */
  readonly places: ReadonlyMap<string, string>;
}

/** How much of a document has been run. */
export interface DocumentTally {
  readonly commands: number;
  readonly outputs: number;
  readonly files: number;
}

/**
 * Does what a document says, block by block: runs its commands in one session, compares what it shows with what they
 * print, writes its files.
 * @throws Error with the line of the document at the first thing that is not as it says
 */
export async function runDocument({ markdown, session, places }: DocumentRun): Promise<DocumentTally> {
  const runner = new DocumentRunner(session);
  for (const block of readBlocks(markdown)) await runner.run(here(block, places));
  return runner.tally;
}

class DocumentRunner {
  readonly tally = { commands: 0, outputs: 0, files: 0 };
  readonly #session: ShellSession;
  /** Of the block of commands just before; undefined once it has been compared. */
  #printed: string | undefined;
  #password: string | undefined;

  constructor(session: ShellSession) {
    this.#session = session;
  }

  async run(block: DocumentBlock): Promise<void> {
    if (block.kind === "commands") await this.#runCommands(block);
    else if (block.kind === "output") this.#compare(block);
    else await this.#write(block);
  }

  async #runCommands(block: CommandBlock): Promise<void> {
    const commands = splitCommands(block.text);
    this.#printed = "";
    for (const [index, command] of commands.entries()) {
      const wanted = index === commands.length - 1 ? block.exitCode : 0;
      const { output, exitCode } = await this.#runOne(block, command);
      if (exitCode !== wanted) throw new Error(`Line ${block.line}: this ended with ${exitCode}, not ${wanted}:\n${command}${output}`);
      this.#printed += output;
      this.#password = /shown this once: (\S+)/.exec(output)?.[1] ?? this.#password;
      this.tally.commands += 1;
    }
  }

  #runOne({ asksPassword, line }: CommandBlock, command: string): Promise<CommandOutcome> {
    if (!asksPassword) return this.#session.run(command);
    if (this.#password === undefined) throw new Error(`Line ${line}: no engine has shown a password before.`);
    return this.#session.runAsked(command, this.#password);
  }

  #compare(block: OutputBlock): void {
    const printed = this.#printed;
    if (printed === undefined) throw new Error(`Line ${block.line}: an output without commands before it.`);
    if (!isSameOutput(block.text, printed)) {
      throw new Error(`Line ${block.line}: the output differs.\n--- shown\n${block.text}--- printed\n${printed}`);
    }
    this.#printed = undefined;
    this.tally.outputs += 1;
  }

  /** Paths are those of the session: relative ones start where it is. */
  async #write(block: FileBlock): Promise<void> {
    const path = resolve((await this.#session.run("pwd\n")).output.trim(), block.path);
    await mkdir(dirname(path), { recursive: true });
    await (block.isAppended ? appendFile(path, `\n${block.text}`) : writeFile(path, block.text));
    this.tally.files += 1;
  }
}

function here<B extends DocumentBlock>(block: B, places: ReadonlyMap<string, string>): B {
  return { ...block, text: [...places].reduce((text, [shown, actual]) => text.replaceAll(shown, actual), block.text) };
}
