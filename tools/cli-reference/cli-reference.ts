import { addCommand, createProgram, processTerminal } from "../../apps/cli/src/index.ts";

type Command = ReturnType<typeof createProgram>;
type Option = Command["options"][number];

/** A command with nothing but what every command takes. */
const COMMON = addCommand(createProgram(processTerminal()), "any", "");

/** The reference of a command line as Markdown, from its tree of commands. */
export function cliReference(program: Command): string {
  return [
    "# The command line",
    "",
    "Written by `npx tsx --conditions=source tools/cli-reference/main.ts` from the commands themselves.",
    "Exit codes are explained in [exit-codes.md](exit-codes.md), errors in [errors.md](errors.md).",
    "",
    "## What every command takes",
    "",
    ...table(COMMON.options),
    ...program.commands.filter((command) => !command.name().startsWith("__")).flatMap((command) => section(command, "dvp")),
  ].join("\n");
}

function section(command: Command, path: string): string[] {
  const name = `${path} ${command.name()}`;
  const children = command.commands.flatMap((child) => section(child, name));
  const depth = name.split(" ").length;
  const usage = [
    name,
    ...command.registeredArguments.map((argument) => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`)),
  ].join(" ");
  const own = command.options.filter((option) => !option.hidden && !COMMON.options.some(({ flags }) => flags === option.flags));
  const isNoun = command.commands.length > 0;
  return [
    `${"#".repeat(depth)} ${name}`,
    "",
    command.description(),
    "",
    ...(isNoun ? [] : ["```", usage, "```", "", ...table(own)]),
    ...children,
  ];
}

function table(options: readonly Option[]): string[] {
  return options.length === 0 ? [] : ["| Option | Meaning |", "| --- | --- |", ...options.map(row), ""];
}

function row(option: Option): string {
  const choices = option.argChoices === undefined ? "" : ` (${option.argChoices.join(", ")})`;
  const isTelling = option.defaultValue !== undefined && typeof option.defaultValue !== "boolean";
  const preset = isTelling ? `; default: ${String(option.defaultValue)}` : "";
  const needed = option.mandatory ? "; needed" : "";
  return `| \`${option.flags}\` | ${`${option.description}${choices}${preset}${needed}`.replaceAll("|", "\\|").replaceAll("<", "&lt;")} |`;
}
