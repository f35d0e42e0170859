/** Calls `say` when Ctrl-C ends the program while something goes on without it. Gives what takes that back. */
export function tellOfInterrupt(say: () => void): () => void {
  const interrupted = (): void => {
    say();
    // Whoever started the program sees that it was interrupted, as if it had not listened.
    process.kill(process.pid, "SIGINT");
  };
  process.once("SIGINT", interrupted);
  return () => process.off("SIGINT", interrupted);
}
