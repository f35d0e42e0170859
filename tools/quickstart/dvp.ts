import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

export type Answer = Readonly<Record<string, unknown>>;

/** Runs one command of the command line and gives what `--json` printed. */
export type Dvp = (...args: string[]) => Promise<Answer>;

export interface DvpOptions {
  /** The built command line. */
  readonly program: string;
  /** Where it keeps logins, so that the tour's is not among the user's own. */
  readonly configuration: string;
  /** Called with each line of progress. */
  readonly onProgress: (line: string) => void;
  /** Further variables, such as a password, which must not stand in an argument. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The command line as the tour uses it: like a user would, through nothing else. */
export function createDvp({ program, configuration, onProgress, environment = {} }: DvpOptions): Dvp {
  return async (...args) => {
    const child = spawn(process.execPath, [program, ...args, "--json"], {
      env: { ...process.env, DVP_CONFIG: configuration, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const lines: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      lines.push(line);
      onProgress(line);
    });
    const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
    const output = await text(child.stdout);
    const status = await ended;
    if (status !== 0) throw new Error(`dvp ${args.join(" ")} ended with ${status}:\n${[...lines, output.trim()].join("\n")}`);
    return parseAnswer(output, args);
  };
}

function parseAnswer(output: string, args: readonly string[]): Answer {
  if (output.trim() === "") return {};
  try {
    return JSON.parse(output) as Answer;
  } catch (error) {
    throw new Error(`dvp ${args.join(" ")} --json printed no JSON:\n${output.slice(0, 500)}`, { cause: error });
  }
}
