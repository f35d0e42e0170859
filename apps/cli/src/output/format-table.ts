import Table from "cli-table3";
import { printable } from "./printable.ts";

/** A column of a table. */
export interface Column<T> {
  readonly head: string;
  readonly value: (item: T) => string | number | boolean | null | undefined;
}

const PLAIN = {
  chars: {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: "",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: "  ",
  },
  style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
};

/** Items as a table without borders, which `cut` and `awk` can read. */
export function formatTable<T>(items: readonly T[], columns: readonly Column<T>[]): string {
  const table = new Table({ ...PLAIN, head: columns.map(({ head }) => head) });
  for (const item of items) table.push(columns.map(({ value }) => cell(value(item))));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** Names and values, one a line. */
export function formatDetails(details: readonly (readonly [string, string | number | boolean | null | undefined])[]): string {
  const width = Math.max(...details.map(([name]) => name.length));
  return details.map(([name, value]) => `${name.padEnd(width)}  ${cell(value)}`.trimEnd()).join("\n");
}

function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined || value === "") return "-";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return printable(String(value));
}
