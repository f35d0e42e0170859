import { EngineError } from "@opendvp/model";
import { cannotEnter, type SourceReader } from "./source-reader.ts";

const OK = 0;
const PARTIAL = 23;
const VANISHED = 24;

/** How many names of unreadable files an error carries; the count is always whole. */
const NAMED_FILES_LIMIT = 100;
const KEPT_LINES_LIMIT = 20;

export interface RsyncOutcome {
  readonly bytesChanged: number;
  readonly hasVanishedFiles: boolean;
  /** Files went between two looks at them. What the source no longer has was left in the target then: only another copy is whole. */
  readonly incomplete?: EngineError;
}

export interface RsyncReport {
  readonly take: (chunk: Buffer, stream: "stdout" | "stderr") => void;
  /** What came of it. @throws EngineError */
  outcome(exitCode: number): RsyncOutcome;
}

interface RsyncReading {
  readonly reader: SourceReader;
  readonly directory: string;
  readonly onProgress: ((percent: number) => void) | undefined;
}

/** Reads what rsync says while it says it, and keeps only what matters. */
export function createRsyncReport(reading: RsyncReading): RsyncReport {
  const unreadable = { files: [] as string[], count: 0 };
  const messages: string[] = [];
  const complaints = { gone: 0, others: 0 };
  let literalBytes = 0;
  let lastPercent = -1;

  const takeAnswer = lineSplitter((line) => {
    literalBytes = Number(/^Literal data: (\d+)/.exec(line)?.[1] ?? literalBytes);
    const percent = Number(/^ *\d+ +(\d+)%/.exec(line)?.[1] ?? -1);
    if (percent <= lastPercent) return;
    lastPercent = percent;
    reading.onProgress?.(percent);
  });
  const takeComplaint = lineSplitter((line) => {
    const file = unreadableFile(line);
    if (file !== undefined) {
      unreadable.count++;
      if (unreadable.files.length < NAMED_FILES_LIMIT) unreadable.files.push(file);
    }
    if (GONE.test(line)) complaints.gone++;
    else if (file !== undefined || line.startsWith("rsync: [")) complaints.others++;
    if (messages.length < KEPT_LINES_LIMIT || isDecisive(line)) messages.push(line);
  });
  return {
    take: (chunk, stream) => {
      (stream === "stdout" ? takeAnswer : takeComplaint)(chunk);
    },
    outcome: (exitCode) => {
      if (exitCode === OK || exitCode === VANISHED) return { bytesChanged: literalBytes, hasVanishedFiles: exitCode === VANISHED };
      const error = failure(exitCode, { ...reading, unreadable, messages });
      if (exitCode !== PARTIAL || complaints.gone === 0 || complaints.others > 0) throw error;
      return { bytesChanged: literalBytes, hasVanishedFiles: true, incomplete: error };
    },
  };
}

/** A progress line ends with a carriage return. */
function lineSplitter(take: (line: string) => void): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk.toString("latin1")).split(/[\r\n]/);
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") take(Buffer.from(line, "latin1").toString());
  };
}

/** Where in a complaint of the reader the name stands. Quotes in it are not escaped, so it ends at the last one. */
const COMPLAINTS = [
  /^rsync: \[sender\] \w+: l\w+xattr\("(.*)",(?:"[^"]*",)?\d+\) failed: /,
  /^rsync: \[[sS]ender\] .*?"(.*)"(?: failed)?: /,
  /^symlink has no referent: "(.*)"/,
];

function unreadableFile(line: string): string | undefined {
  const name = COMPLAINTS.map((complaint) => complaint.exec(line)?.[1]).find((found) => found !== undefined);
  // Odd bytes are written as \#ooo.
  return name?.replaceAll(/\\#([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** What the reader says of a file that it has seen in its directory, and does not find any more when it looks at its ACL, say. */
const GONE = /^rsync: \[[sS]ender\] .*: No such file or directory \(2\)$/;
const FULL = /No space left on device|Disk quota exceeded/;
const NOT_SUPPORTED = /\[(?:receiver|generator|Receiver)\].*(?:acl|xattr).*Operation not supported/i;

function isDecisive(line: string): boolean {
  return FULL.test(line) || NOT_SUPPORTED.test(line);
}

interface Failure {
  readonly reader: SourceReader;
  readonly directory: string;
  readonly unreadable: { readonly files: readonly string[]; readonly count: number };
  readonly messages: readonly string[];
}

function failure(exitCode: number, { reader, directory, unreadable, messages }: Failure): EngineError {
  const refusedEntry = messages.find((line) => line.startsWith("env: cannot change directory"));
  if (refusedEntry !== undefined) return cannotEnter(directory, reader, refusedEntry);
  if (messages.some((line) => FULL.test(line))) {
    return new EngineError("STORAGE_FULL", `The pool is full: the copy of ${directory} could not be completed.`, {
      action: "Delete snapshots or copies that are no longer needed, or enlarge the pool, and sync again.",
    });
  }
  if (messages.some((line) => NOT_SUPPORTED.test(line))) {
    return new EngineError("STORAGE_UNSUITABLE", `The pool cannot keep the ACLs or extended attributes of ${directory}.`, {
      action: "Switch them on for the pool's file system, or use another pool.",
      details: { messages: [...messages] },
    });
  }
  if (unreadable.count > 0) return notReadable(reader, unreadable);
  return new EngineError(
    "HOST_COMMAND_FAILED",
    `Copying ${directory} failed (rsync ended with ${String(exitCode)}): ${messages[0] ?? "no reason given"}`,
    {
      action: "Remove the reason and sync again; what was copied so far is used then.",
      details: { exitCode, messages: [...messages] },
    },
  );
}

function notReadable(reader: SourceReader, { files, count }: Failure["unreadable"]): EngineError {
  const userName = reader.user.userName;
  const shown = files
    .slice(0, 5)
    .map((file) => JSON.stringify(file))
    .join(", ");
  const more = count > 5 ? ` and ${String(count - 5)} more` : "";
  return new EngineError("SOURCE_UNREADABLE", `The user ${userName} cannot read ${shown}${more}.`, {
    action: `Let ${userName} read them, exclude them, or choose another user.`,
    details: { files: [...files], count, user: userName },
  });
}
