import { posix } from "node:path";
import type { CopyRoot } from "./copy-roots.ts";
import { COPY_ARGUMENTS } from "./rsync-arguments.ts";
import type { RsyncOutcome } from "./rsync-report.ts";
import { runRsync } from "./run-rsync.ts";
import type { SourceReader } from "./source-reader.ts";

/** Copies what a link points to under the link's own name. Its name goes as a list: a name in the arguments would be a pattern. */
export function copyFollowedFile(root: CopyRoot, reader: SourceReader): Promise<RsyncOutcome> {
  return runRsync(reader, {
    from: posix.dirname(root.source),
    to: posix.dirname(root.target),
    args: [...COPY_ARGUMENTS, "--copy-links", "--ignore-times", "--no-implied-dirs", "--files-from=-", "--from0"],
    stdin: { text: `${posix.basename(root.source)}\0` },
  });
}
