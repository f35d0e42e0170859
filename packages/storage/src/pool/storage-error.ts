import { EngineError } from "@opendvp/model";

const FULL = /No space left on device|Disk quota exceeded|out of space|\bENOSPC\b|\bEDQUOT\b/;
const GONE =
  /Read-only file system|no such pool|pool is read-only|pool I\/O is currently suspended|zfs-fuse daemon is running|ZFS modules are not loaded|Input\/output error|No such device|Stale file handle|Transport endpoint|\b(EROFS|EIO|ENODEV|ENXIO|ESTALE|ENOTCONN)\b/;

/** A failed program as an error of the port, in the program's own words. */
export function programFailed(what: string, message: string): EngineError {
  return new EngineError(codeOf(message), `${what}: ${firstLines(message)}`, { action: actionOf(codeOf(message)) });
}

/** Any thrown value as an error of the port. What is an EngineError already stays as it is. */
export function asStorageError(thrown: unknown, what: string): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new EngineError(codeOf(message), `${what}: ${message}`, { action: actionOf(codeOf(message)), cause: thrown });
}

/** Whether a program or the file system says that there is no room. */
export function isFull(thrown: unknown): boolean {
  return asStorageError(thrown, "").code === "STORAGE_FULL";
}

export function poolUnavailable(location: string, reason: string, cause?: unknown): EngineError {
  return new EngineError("STORAGE_UNAVAILABLE", `The pool at ${JSON.stringify(location)} is not available: ${reason}.`, {
    action: "Mount the pool again, then repeat.",
    cause,
  });
}

function codeOf(message: string): "STORAGE_FULL" | "STORAGE_UNAVAILABLE" | "STORAGE_FAILED" {
  if (FULL.test(message)) return "STORAGE_FULL";
  return GONE.test(message) ? "STORAGE_UNAVAILABLE" : "STORAGE_FAILED";
}

function actionOf(code: ReturnType<typeof codeOf>): string {
  if (code === "STORAGE_FULL") return "Delete snapshots or copies that are no longer needed, or enlarge the pool; then repeat.";
  if (code === "STORAGE_UNAVAILABLE")
    return "See why the pool's file system does not take changes (kernel log, mount), mend it, then repeat.";
  return "See the message of the program; repeat when its cause is mended.";
}

function firstLines(message: string): string {
  return message.trim().split("\n").slice(0, 5).join("; ").slice(0, 2000) || "no message";
}
