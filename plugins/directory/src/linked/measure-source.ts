import { libs, logger, UserError, type RemoteConnection } from "@opendvp/plugin-sdk";

/** The room that the tree takes on its disk, as far as the environment's user can see. */
export async function measureSource(connection: RemoteConnection, path: string): Promise<number> {
  const { exitCode, stdout, stderr } = await libs.runBash(connection, 'du --summarize --block-size=1 -- "$TREE/"', {
    variables: { TREE: path },
  });
  const bytes = Number.parseInt(stdout, 10);
  if (Number.isNaN(bytes)) throw new UserError(`The size of ${path} cannot be told.`, "See what du says of it.", stderr);
  // du goes on after what it cannot read, and says so by its exit code.
  if (exitCode !== 0) logger.warning("The size of %s leaves out what %s may not read.", path, connection.user.name);
  // Some file systems give no room to an empty directory, but a size is above 0.
  return Math.max(1, bytes);
}
