import { addCommand, createProgram, type Terminal } from "../../apps/cli/src/index.ts";

type Command = ReturnType<typeof createProgram>;

/** What a command takes a word for: an argument, or the value of an option. */
export interface Place {
  /** The option's name with its dashes; absent for an argument. */
  readonly option?: string;
  /** What stands between its brackets. */
  readonly placeholder: string;
  readonly isNeeded: boolean;
}

/** A command that does something. */
export interface Leaf {
  /** `vdb provision` */
  readonly path: string;
  readonly places: readonly Place[];
}

const SILENT: Terminal = {
  env: {},
  out: () => undefined,
  err: () => undefined,
  stdin: process.stdin,
  isInteractive: false,
  isLive: false,
  width: 80,
};

/** Every command of `dvp`. What all commands take is told of the first one only: it is the same code. */
export function commandTree(): readonly Leaf[] {
  const common = new Set(addCommand(createProgram(SILENT), "any", "").options.map(({ flags }) => flags));
  const leaves = leavesBelow(createProgram(SILENT), []);
  return leaves.map(({ path, command }, index) => ({
    path: path.join(" "),
    places: [
      ...command.registeredArguments.map((argument) => ({ placeholder: argument.name(), isNeeded: argument.required })),
      ...command.options
        .filter((option) => (option.required || option.optional) && !option.hidden && (index === 0 || !common.has(option.flags)))
        .map(({ flags, long, mandatory }) => ({
          option: long ?? flags,
          placeholder: /<([^>]+)>/.exec(flags)?.[1] ?? "",
          isNeeded: mandatory,
        })),
    ],
  }));
}

function leavesBelow(parent: Command, path: readonly string[]): { readonly path: readonly string[]; readonly command: Command }[] {
  return parent.commands
    .filter((command) => !command.name().startsWith("__"))
    .flatMap((command) => {
      const own = [...path, command.name()];
      return command.commands.length === 0 ? [{ path: own, command }] : leavesBelow(command, own);
    });
}
