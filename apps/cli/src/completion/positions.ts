/** What stands for an argument or the value of an option, by the name between its brackets: a noun whose names complete it. */
export const COMPLETED_BY = {
  environment: "environments",
  repository: "repositories",
  source: "sources",
  dsource: "dsources",
  vdb: "vdbs",
  dataset: "datasets",
  snapshot: "snapshots",
  timeflow: "timeflows",
  plugin: "plugins",
  job: "jobs",
  fault: "faults",
  pool: "pools",
  user: "accounts",
  apikey: "apiKeys",
} as const satisfies Readonly<Record<string, string>>;

export type CompletedNoun = (typeof COMPLETED_BY)[keyof typeof COMPLETED_BY];

export function completedNoun(placeholder: string): CompletedNoun | undefined {
  return Object.hasOwn(COMPLETED_BY, placeholder) ? COMPLETED_BY[placeholder as keyof typeof COMPLETED_BY] : undefined;
}
