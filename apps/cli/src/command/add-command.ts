import { type Command, InvalidArgumentError, Option } from "commander";

/** Adds a command with what every command takes. */
export function addCommand(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .option("--engine <address>", "address of the engine, e.g. http://127.0.0.1:8420")
    .option("--json", "print what the API answers")
    .addOption(counted("-v, --verbose", "say more; up to three times"))
    .addOption(counted("-q, --quiet", "say less; up to three times"));
}

/** Adds a command that starts a job. */
export function addJobCommand(parent: Command, usage: string, description: string): Command {
  return addCommand(parent, usage, description)
    .option("--wait", "queue behind a job that holds the object, instead of being refused")
    .addOption(noWait());
}

/** Adds a command that lists. */
export function addListCommand(parent: Command, usage: string, description: string): Command {
  return addCommand(parent, usage, description)
    .option("--filter <expression>", 'e.g. \'status EQ "ACTIVE" AND name CONTAINS "test"\'')
    .option("--sort <member>", "order by a member; with - before it, descending")
    .option("--limit <number>", "most items to show", wholeNumber)
    .option("--bytes", "show sizes in bytes");
}

export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It must be a whole number above 0.");
  return Number(text);
}

/** Not the opposite of `--wait`: with both, the job is queued and printed at once. commander would take one for the other. */
export function noWait(): Option {
  const option = new Option("--no-wait", "print the job at once, instead of waiting for its end");
  option.negate = false;
  return option;
}

function counted(flags: string, description: string): Option {
  return new Option(flags, description).argParser((_text, former: number | undefined) => (former ?? 0) + 1).preset("1");
}

/** For options that may be given several times. */
export function repeated(text: string, former: readonly string[] = []): readonly string[] {
  return [...former, text];
}
