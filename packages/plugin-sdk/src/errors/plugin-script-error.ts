const SHOWN_CHARACTERS = 4096;

/** A command that was run with `check` has failed. The message shows the end of its output; the properties have all of it. */
export class PluginScriptError extends Error {
  override readonly name = "PluginScriptError";
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;

  constructor(exitCode: number, stdout: string, stderr: string) {
    super(`The command ended with exit code ${exitCode}.\nstdout: ${tail(stdout)}\nstderr: ${tail(stderr)}`);
    this.exitCode = exitCode;
    this.stdout = stdout;
    this.stderr = stderr;
  }
}

function tail(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `[…] ${text.slice(-SHOWN_CHARACTERS)}`;
}
