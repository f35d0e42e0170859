import { formatBytes, formatDuration } from "../format-quantity.ts";
import { stepsTable } from "../steps-table.ts";
import type { PostgresFigures } from "./postgres-figures.ts";

/** The figures as lines for a terminal. */
export function postgresTable({ source, pool, steps, firstQueryMs, copies }: PostgresFigures): string[] {
  return [
    ...stepsTable(steps),
    "",
    `Linked: PostgreSQL ${source.version} with ${formatBytes(source.bytes)}.`,
    `After provisioning, the first query was answered within ${firstQueryMs.map(formatDuration).join(" and ")}, psql's start included.`,
    `The ${copies.count} copies show ${formatBytes(copies.logicalBytes)} and take ${formatBytes(copies.usedBytes)} of the ${pool.driver} pool.`,
    ...(pool.isThin ? [] : ["This pool copies in full: as root on a machine with btrfs, copies share what they have in common."]),
  ];
}
