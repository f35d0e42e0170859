const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** A size in binary units, or as plain bytes; `-` for an unknown one. */
export function formatBytes(bytes: number | null | undefined, isPlain = false): string {
  if (bytes === null || bytes === undefined) return "-";
  if (isPlain) return String(bytes);
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < UNITS.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit] ?? ""}`;
}
