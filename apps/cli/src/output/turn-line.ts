import type { Client } from "@opendvp/client";
import type { Job } from "@opendvp/contract";

const MOST_NAMED = 5;

/** That a job waits, and the jobs that are at work meanwhile, the oldest first: whoever waits can follow them. */
export async function turnLine(client: Client, job: Job): Promise<string> {
  const [atWork, others] = await jobsAtWork(client);
  const list = [...atWork, ...(others > 0 ? [`${others} more`] : [])].join(", ");
  return `${job.localized_type} (${job.id}) waits for its turn${list === "" ? "" : `; at work: ${list}`}.`;
}

async function jobsAtWork(client: Client): Promise<[readonly string[], number]> {
  const request = { query: { limit: MOST_NAMED, sort: "queue_time" }, body: { filter_expression: 'status EQ "STARTED"' } };
  try {
    const { items, response_metadata: found } = await client.jobs.search(request);
    return [items.map(({ id, localized_type: title }) => `${id} (${title})`), found.total - items.length];
  } catch {
    // Whether the engine can be asked at all shows when the job is followed.
    return [[], 0];
  }
}
