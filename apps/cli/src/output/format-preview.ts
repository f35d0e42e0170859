import type { UpgradedValue, UpgradePreview } from "@opendvp/contract";
import { formatTable } from "./format-table.ts";

/** What an upgrade would do, a line for every value of every object. */
export function formatPreview(preview: UpgradePreview): string {
  const { name, build_number: buildNumber, installed, values } = preview;
  const from = installed.map((version) => `${version.name} ${version.build_number} (${version.id})`).join(" and ");
  const head = from === "" ? `${name} ${buildNumber} would be new here.` : `${from} would become ${name} ${buildNumber}.`;
  if (values.length === 0) return head;
  const table = formatTable(values, [
    { head: "WHAT", value: ({ description }) => description },
    { head: "MIGRATIONS", value: ({ migrations }) => migrations.join(", ") || "-" },
    { head: "OUTCOME", value: outcome },
  ]);
  return `${head}\n${table}`;
}

function outcome({ error, exposed_passwords: exposed, is_changed: isChanged }: UpgradedValue): string {
  if (error !== null) return error.message;
  const text = isChanged ? "changed, fits" : "unchanged, fits";
  return exposed.length === 0 ? text : `${text}; readable from then on: ${exposed.join(", ")}`;
}
