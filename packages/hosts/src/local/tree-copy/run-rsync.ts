import { runProcess, type ProcessInput } from "@opendvp/subprocess";
import { createRsyncReport, type RsyncOutcome } from "./rsync-report.ts";
import { commonRequest, type SourceReader } from "./source-reader.ts";

export interface RsyncRun {
  /** A directory that the reader reads. */
  readonly from: string;
  /** A directory that the engine writes. */
  readonly to: string;
  readonly args: readonly string[];
  readonly stdin?: ProcessInput;
  readonly onProgress?: (percent: number) => void;
}

/**
 * rsync in two halves: the engine's writes, and starts through its `--rsh` the one that reads as the user. As a "host" it
 * is given `env`, which runs what follows.
 * @throws EngineError `SOURCE_UNREADABLE`, `STORAGE_FULL`, `STORAGE_UNSUITABLE`, `HOST_COMMAND_FAILED`, `CANCELED`
 */
export async function runRsync(reader: SourceReader, run: RsyncRun): Promise<RsyncOutcome> {
  const report = createRsyncReport({ reader, directory: run.from, onProgress: run.onProgress });
  const { exitCode } = await runProcess({
    ...commonRequest(reader),
    file: "rsync",
    args: [...run.args, `--rsh=${readerCommand(reader, run.from)}`, "env:./", `${run.to}/`],
    onOutput: report.take,
    ...(run.stdin === undefined ? {} : { stdin: run.stdin }),
  });
  return report.outcome(exitCode);
}

function readerCommand(reader: SourceReader, directory: string): string {
  const { uid, gid } = reader.user;
  const becomeUser = uid === process.getuid?.() ? "" : `/usr/bin/setpriv --reuid ${String(uid)} --regid ${String(gid)} --init-groups `;
  // rsync splits this itself: quotes are doubled within quotes, backslashes mean nothing.
  return `${becomeUser}env '--chdir=${directory.replaceAll("'", "''")}'`;
}
