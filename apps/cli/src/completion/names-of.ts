import type { Client } from "@opendvp/client";
import type { CompletedNoun } from "./positions.ts";

const LIMIT = { query: { limit: 1000 } } as const;

/** The names that exist, for a person who is about to type one. */
export async function namesOf(client: Client, noun: CompletedNoun): Promise<readonly string[]> {
  switch (noun) {
    case "datasets":
      return [...(await namesOf(client, "dsources")), ...(await namesOf(client, "vdbs"))];
    case "jobs":
    case "faults":
    case "snapshots":
    case "timeflows":
      return (await client[noun].list(LIMIT)).items.map(({ id }) => id);
    case "accounts":
      return (await client.accounts.list(LIMIT)).items.map(({ username }) => username);
    case "environments":
    case "repositories":
    case "sources":
    case "dsources":
    case "vdbs":
    case "plugins":
    case "pools":
    case "apiKeys":
      return (await client[noun].list(LIMIT)).items.map(({ name }) => name);
  }
}
