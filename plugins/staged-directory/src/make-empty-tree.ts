import { libs, type RemoteConnection } from "@opendvp/plugin-sdk";

/** Makes the place for a tree in a dataset that may still be empty. */
export async function makeEmptyTree(connection: RemoteConnection, dataset: string): Promise<void> {
  await libs.runBash(connection, 'mkdir -p -- "$DATASET/tree"', { variables: { DATASET: dataset }, check: true });
}
