import type { Figures } from "./figures.ts";
import { formatBytes } from "./format-quantity.ts";
import { stepsTable } from "./steps-table.ts";

/** The figures as lines for a terminal. */
export function figuresTable(figures: Figures): string[] {
  const { source, pool, copies } = figures;
  return [
    ...stepsTable(figures.steps),
    "",
    `Linked: ${source.path}, ${source.files} files, ${formatBytes(source.bytes)}.`,
    `The ${copies.count} copies show ${formatBytes(copies.logicalBytes)} and take ${formatBytes(copies.usedBytes)} of the ${pool.driver} pool.`,
    ...(pool.isThin ? [] : ["This pool copies in full: as root on a machine with btrfs, copies share what they have in common."]),
  ];
}
