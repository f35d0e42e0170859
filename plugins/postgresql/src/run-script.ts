import { libs, type RemoteConnection } from "@opendvp/plugin-sdk";
import { explainFailure } from "./explain-failure.ts";
import functions from "./server/functions.sh";

export interface Script {
  /** What it does, as the beginning of a sentence about its failure: `The copy could not be started`. */
  readonly failure: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Runs a script of this plugin behind the functions that they share, in one round trip, and gives what it printed. */
export async function runScript(connection: RemoteConnection, { failure, text, variables }: Script): Promise<string> {
  const { exitCode, stdout, stderr } = await libs.runBash(connection, `${functions}\n${text}`, { variables });
  if (exitCode !== 0) throw explainFailure(failure, stderr);
  return stdout;
}
