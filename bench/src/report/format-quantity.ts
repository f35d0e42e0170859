import type { Unit } from "../bars.ts";
import type { Axis, Measured } from "../harness/benchmark.ts";

const BYTES = ["B", "kB", "MB", "GB"] as const;

/** A quantity for people, with as many digits as mean something. */
export function formatQuantity(value: number, unit: Unit | Measured["unit"] | Axis["unit"]): string {
  switch (unit) {
    case "x":
      return `${value.toFixed(2)} ×`;
    case "ms":
      return Math.abs(value) >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${digits(value)} ms`;
    case "bytes":
      return formatBytes(value);
    case "bytes per s":
      return `${formatBytes(value)}/s`;
    case "per s":
      return `${digits(value)} per s`;
    case "count":
      return String(Math.round(value));
  }
}

function formatBytes(value: number): string {
  let left = value;
  let unit = 0;
  for (; Math.abs(left) >= 1000 && unit < BYTES.length - 1; unit++) left /= 1000;
  return `${digits(left)} ${BYTES[unit] ?? ""}`;
}

function digits(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) < 10 ? value.toFixed(2) : Math.abs(value) < 100 ? value.toFixed(1) : value.toFixed(0);
}
