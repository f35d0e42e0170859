import { libs, type RemoteConnection } from "@opendvp/plugin-sdk";
import { explainFailure, type Attempt } from "./explain-failure.ts";
import functions from "./server/functions.sh";

export interface Script extends Attempt {
  readonly text: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Runs a script of this plugin behind the functions that they share, in one round trip, and gives what it printed. */
export async function runScript(connection: RemoteConnection, { text, variables, ...attempt }: Script): Promise<string> {
  const { exitCode, stdout, stderr } = await libs.runBash(connection, `${functions}\n${text}`, { variables });
  if (exitCode !== 0) throw explainFailure(attempt, stderr);
  return stdout;
}
