import { libs, UserError, type VirtualSource } from "@opendvp/plugin-sdk";
import type { VirtualSourceDefinition } from "../generated/definitions.ts";

/** Nothing has to be started. It only must be there, and be of use to the environment's user. */
export async function checkPresent({ connection, parameters }: VirtualSource<VirtualSourceDefinition>): Promise<void> {
  const { mountPath } = parameters;
  const { exitCode } = await libs.runBash(connection, '[ -d "$TREE" ] && [ -x "$TREE" ]', { variables: { TREE: mountPath } });
  if (exitCode === 0) return;
  const user = connection.user.name;
  throw new UserError(`${user} cannot enter ${mountPath}.`, `Let ${user} enter it and each directory on the way to it.`);
}
