import type { ProcessEnd } from "../language-host.ts";

/** Whether node gave up because V8's heap was full: it says so and aborts; a shell tells of the signal as an exit code. */
export function ranOutOfHeap({ exit, stderr }: ProcessEnd): boolean {
  return (exit.signal === "SIGABRT" || exit.exitCode === 134) && stderr.includes("JavaScript heap out of memory");
}
