import { resolve } from "node:path";
import { EngineError } from "@opendvp/model";

const IN_A_DIRECTORY = ["btrfs", "reflink", "copy"] as const;

/** Where data lives: a directory of a kind, a ZFS dataset, or a file system of the engine's own on a sparse file. */
export type StorageOption =
  | { readonly kind: (typeof IN_A_DIRECTORY)[number]; readonly directory: string }
  | { readonly kind: "zfs"; readonly dataset: string }
  | { readonly kind: "embedded"; readonly sizeBytes: number };

export const DEFAULT_EMBEDDED_BYTES = 64 * 1024 ** 3;
const SMALLEST_EMBEDDED_BYTES = 256 * 1024 ** 2;
const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** Reads `zfs:DATASET`, `btrfs:DIR`, `reflink:DIR`, `copy:DIR` or `embedded[:SIZE]`. @throws EngineError `INPUT_INVALID` */
export function parseStorage(text: string): StorageOption {
  const at = text.indexOf(":");
  const kind = at === -1 ? text : text.slice(0, at);
  const rest = at === -1 ? "" : text.slice(at + 1);
  if (kind === "embedded") return { kind, sizeBytes: rest === "" ? DEFAULT_EMBEDDED_BYTES : parseSize(rest) };
  const inDirectory = IN_A_DIRECTORY.find((one) => one === kind);
  if (inDirectory !== undefined && rest !== "") return { kind: inDirectory, directory: resolve(rest) };
  if (kind === "zfs" && rest !== "") return { kind, dataset: checkDataset(rest) };
  throw new EngineError("INPUT_INVALID", `${JSON.stringify(text)} names no storage.`, {
    action: "Give zfs:DATASET, btrfs:DIR, reflink:DIR, copy:DIR or embedded[:SIZE], e.g. embedded:50G.",
  });
}

function checkDataset(text: string): string {
  if (!text.startsWith("/")) return text;
  throw new EngineError("INPUT_INVALID", `${JSON.stringify(text)} is a path; ZFS pools are named by a dataset.`, {
    action: "Give the dataset's name, such as zfs:tank/opendvp; `zfs list` shows it beside its path.",
  });
}

function parseSize(text: string): number {
  const { number, unit } = /^(?<number>\d+)(?<unit>[KMGT]?)(i?B)?$/i.exec(text)?.groups ?? {};
  const bytes = Number(number) * (UNITS[unit?.toUpperCase() ?? ""] ?? Number.NaN);
  if (Number.isSafeInteger(bytes) && bytes >= SMALLEST_EMBEDDED_BYTES) return bytes;
  throw new EngineError("INPUT_INVALID", `${JSON.stringify(text)} is no size of at least 256M.`, { action: "Give one such as 50G." });
}
