import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startProcess } from "@opendvp/subprocess";

/** What a command printed on both streams, in the order in which a terminal would show it, and how it ended. */
export interface CommandOutcome {
  readonly output: string;
  readonly exitCode: number;
}

export interface ShellSession extends AsyncDisposable {
  /** Runs a command in the session: directory, variables and jobs in the background stay for the next. */
  run(command: string): Promise<CommandOutcome>;
  /** The same at a terminal of its own, where the one who is asked types `answer`. Changes nothing in the session. */
  runAsked(command: string, answer: string): Promise<CommandOutcome>;
}

export interface SessionOptions {
  readonly cwd: string;
  /** Where the session keeps its own files. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
}

const COMMAND_LIMIT_MS = 60_000;

/** One bash that runs one command after the other. */
export function openShellSession({ cwd, directory, env }: SessionOptions): ShellSession {
  const bash = startProcess({ file: "bash", args: ["--noprofile", "--norc"], cwd, env });
  const statuses = createInterface({ input: bash.stdout })[Symbol.asyncIterator]();
  const [commandFile, outputFile, expectFile] = ["command.sh", "output", "asked.exp"].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  const run = async (command: string): Promise<CommandOutcome> => {
    await writeFile(commandFile, command);
    bash.stdin?.write(`. '${commandFile}' >'${outputFile}' 2>&1 </dev/null; echo "$?"\n`);
    const timer = setTimeout(() => void bash.end(), COMMAND_LIMIT_MS);
    const status = await statuses.next();
    clearTimeout(timer);
    const output = await readFile(outputFile, "utf8");
    if (status.done === true) throw new Error(`The session ended, or a minute was over, at: ${command}${output}`);
    return { output, exitCode: Number(status.value) };
  };
  return {
    run,
    runAsked: async (command, answer) => {
      const askedFile = join(directory, "asked.sh");
      await writeFile(askedFile, command);
      await writeFile(expectFile, dialogue(askedFile, answer));
      const { output, exitCode } = await run(`expect -f '${expectFile}'\n`);
      return { output: lastFrame(output), exitCode };
    },
    [Symbol.asyncDispose]: () => bash.end(),
  };
}

/** For expect: runs the command at a terminal and answers its question. */
function dialogue(commandFile: string, answer: string): string {
  return [
    "set timeout 30",
    'set stty_init "rows 40 columns 120"',
    `spawn -noecho bash {${commandFile}}`,
    "expect -re {Password}",
    `send -- {${answer}}`,
    'send -- "\\r"',
    "expect eof",
    "exit [lindex [wait] 3]",
    "",
  ].join("\n");
}

/** What a terminal shows in the end, without what was drawn over: the lines after the last movement of the cursor. */
function lastFrame(output: string): string {
  const plain = output.replaceAll("\r\n", "\n").split(/\u001B\[[0-9;?]*[A-HJKSThlsu]/);
  return (plain.at(-1) ?? "").replaceAll(/\u001B\[[0-9;]*m/g, "");
}
