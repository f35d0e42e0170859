import { libs, UserError, type RemoteConnection } from "@opendvp/plugin-sdk";

const MEASURE = 'du --summarize --total --block-size=1 --exclude=pg_wal -- "$MOUNT/data" "$MOUNT/tablespaces" 2>/dev/null | tail -n 1';

/** The room that a cluster's data takes on its disk, its WAL left out. Files that go away meanwhile are left out as well. */
export async function measureData(connection: RemoteConnection, dataset: string): Promise<number> {
  const { stdout, stderr } = await libs.runBash(connection, MEASURE, { variables: { MOUNT: dataset } });
  const bytes = Number.parseInt(stdout, 10);
  if (!(bytes > 0)) throw new UserError(`The size of ${dataset} cannot be told.`, "See what du says of it.", stderr);
  return bytes;
}
