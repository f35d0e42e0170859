import { EngineError } from "@opendvp/model";
import { runProcess, type ProcessInput, type ProcessRequest } from "@opendvp/subprocess";
import type { HostUser } from "../host-users.ts";

/** Who reads the source, and under which mark and signal. */
export interface SourceReader {
  readonly user: HostUser;
  readonly mark?: string;
  readonly signal?: AbortSignal;
}

export interface SourceRead {
  /** Where the program runs; the user must be able to go there. */
  readonly directory: string;
  readonly args: readonly string[];
  readonly stdin?: ProcessInput;
  readonly onOutput?: NonNullable<ProcessRequest["onOutput"]>;
}

/** What `env` ends with when it cannot go to the directory. */
const CANNOT_ENTER = 125;

/** Runs a program as the user in a directory of the source. What it cannot read, it leaves out: the copy itself reports that. */
export async function readSource(reader: SourceReader, read: SourceRead): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess({
    ...commonRequest(reader),
    file: "env",
    args: [`--chdir=${read.directory}`, ...read.args],
    asUser: reader.user,
    ...(read.stdin === undefined ? {} : { stdin: read.stdin }),
    ...(read.onOutput === undefined ? {} : { onOutput: read.onOutput }),
  });
  if (exitCode === CANNOT_ENTER) throw cannotEnter(read.directory, reader, stderr.trim());
  return stdout;
}

export function commonRequest(reader: SourceReader): Pick<ProcessRequest, "label" | "cwd" | "env" | "mark" | "signal"> {
  return {
    label: "The copy of the source",
    cwd: "/",
    // Messages are read by this program.
    env: { LC_ALL: "C" },
    ...(reader.mark === undefined ? {} : { mark: reader.mark }),
    ...(reader.signal === undefined ? {} : { signal: reader.signal }),
  };
}

export function cannotEnter(directory: string, reader: SourceReader, reason: string): EngineError {
  const userName = reader.user.userName;
  return new EngineError("SOURCE_UNREADABLE", `The user ${userName} cannot read the directory ${directory} (${lastPart(reason)}).`, {
    action: `Check that the directory exists and that ${userName} may enter it and all directories above it.`,
    details: { files: [directory], count: 1, user: userName },
  });
}

function lastPart(reason: string): string {
  return reason.slice(reason.lastIndexOf(": ") + 1).trim();
}
