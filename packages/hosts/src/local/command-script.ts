import { EngineError } from "@opendvp/model";

/**
 * What bash reads from descriptor 3 before the command: its variables, and for bash the command itself as a value, so that
 * no message about a mistake in the command can show a variable.
 */
export function commandPrologue(variables: Readonly<Record<string, string>>, bashCommand?: string): string {
  const lines = ['cd -- "$HOME" 2>/dev/null || cd /', "unset -v OLDPWD"];
  for (const [name, value] of Object.entries(variables)) lines.push(`export ${checkedName(name)}=${quoted(value, `The variable ${name}`)}`);
  if (bashCommand !== undefined) lines.push(`OPENDVP_COMMAND=${quoted(bashCommand, "The command")}`);
  return `${lines.join("\n")}\n`;
}

/** Reads the prologue, closes the pipe so that the command does not inherit it, and runs the command. */
export const RUN_BASH = '. /dev/fd/3; exec 3<&-; eval "$OPENDVP_COMMAND"';

/** expect reads its script from descriptor 4 itself. */
export const RUN_EXPECT = ". /dev/fd/3; exec 3<&-; exec expect -f /dev/fd/4";

/** Names that bash keeps to itself, or that the engine needs to find a command's processes again. */
const RESERVED_NAME = /^(UID|EUID|PPID|BASHOPTS|SHELLOPTS|BASH_VERSINFO|OPENDVP_.*)$/;

function checkedName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED_NAME.test(name)) return name;
  throw new EngineError("INPUT_INVALID", `${JSON.stringify(name)} cannot be the name of a variable of a command.`, {
    action: "Use letters, digits and underscores, not beginning with a digit, and no name that bash or OpenDVP keeps to itself.",
    details: { name },
  });
}

function quoted(text: string, what: string): string {
  if (!text.includes("\0")) return `'${text.replaceAll("'", "'\\''")}'`;
  throw new EngineError("INPUT_INVALID", `${what} contains a NUL character, which no command can be given.`, {
    action: "Leave the character out.",
  });
}
