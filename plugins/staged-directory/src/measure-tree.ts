import { libs, UserError, type RemoteConnection } from "@opendvp/plugin-sdk";

/** The room that a tree takes on its disk, as far as the user can see. */
export async function measureTree(connection: RemoteConnection, path: string): Promise<number> {
  const { stdout, stderr } = await libs.runBash(connection, 'du --summarize --block-size=1 -- "$TREE/"', { variables: { TREE: path } });
  const bytes = Number.parseInt(stdout, 10);
  if (Number.isNaN(bytes)) throw new UserError(`The size of ${path} cannot be told.`, "See what du says of it.", stderr);
  // Some file systems give no room to an empty directory, but a size is above 0.
  return Math.max(1, bytes);
}
