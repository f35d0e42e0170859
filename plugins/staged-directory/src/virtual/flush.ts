import { libs, type RemoteConnection } from "@opendvp/plugin-sdk";

/** Brings to the disk what is still in memory. The keeper's data is of one moment whenever it is looked at: it need not stop. */
export async function flush(connection: RemoteConnection, dataset: string): Promise<void> {
  await libs.runBash(connection, 'sync --file-system -- "$DATASET"', { variables: { DATASET: dataset }, check: true });
}
