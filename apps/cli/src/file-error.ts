import { EngineError } from "@opendvp/model";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it, or its directory, does not exist",
  EACCES: "its permissions do not allow it",
  EPERM: "its permissions do not allow it",
  EISDIR: "it is a directory",
  ENOTDIR: "a part of its path is no directory",
  EEXIST: "it exists",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  EROFS: "its file system is read-only",
  ENOSPC: "no space is left there",
};

/** Why the system does not let a file be used; undefined for what is no such error. */
export function whyUnusable(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code = "", syscall } = thrown as NodeJS.ErrnoException;
  // A directory that is there already is no reason.
  return code === "EEXIST" && syscall === "mkdir" ? "it is no directory" : REASONS[code];
}

/** What the system says of a file that a command was told to use, as an error of ours; undefined for any other thrown value. */
export function fileError(thrown: unknown): EngineError | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { path, dest } = thrown as NodeJS.ErrnoException & { readonly dest?: string };
  const [reason, file] = [whyUnusable(thrown), dest ?? path];
  if (reason === undefined || file === undefined) return undefined;
  return new EngineError("INPUT_INVALID", `The file ${file} cannot be used: ${reason}.`, {
    action: "Check its path and its permissions.",
    details: { path: file },
    cause: thrown,
  });
}

/** The same for a file that was only to be read, whatever was thrown. */
export function unreadableFile(path: string, cause: unknown): EngineError {
  const reason = whyUnusable(cause);
  return new EngineError("INPUT_INVALID", `The file ${path} cannot be read${reason === undefined ? "" : `: ${reason}`}.`, {
    action: "Check its path and its permissions.",
    details: { path },
    cause,
  });
}
