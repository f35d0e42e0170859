import type { UpgradedValue, UpgradePreview } from "@opendvp/contract";
import { formatTable } from "./format-table.ts";
import { printable } from "./printable.ts";

/** Each as the table has it, and as the sum says it of several. */
const OUTCOMES = {
  changed: "changed",
  unchanged: "unchanged",
  "exposes a password": "expose a password",
  "does not fit": "do not fit",
  failed: "failed",
} as const;
type Outcome = keyof typeof OUTCOMES;

/** What an upgrade would do: a line for every value of every object, then why some fail or do not fit, and the sum of it. */
export function formatPreview(preview: UpgradePreview): string {
  const { values } = preview;
  if (values.length === 0) return head(preview);
  const table = formatTable(values, [
    { head: "OUTCOME", value: outcomeOf },
    { head: "MIGRATIONS", value: ({ migrations }) => migrations.join(", ") },
    // Last, since it may be long.
    { head: "WHAT", value: what },
  ]);
  const reasons = values.flatMap(({ error }) => (error === null ? [] : `  ${printable(error.message)}`));
  return [head(preview), "", table, ...(reasons.length === 0 ? [] : ["", "Why:", ...reasons]), "", sum(values)].join("\n");
}

function head({ name, build_number: buildNumber, installed, error, values }: UpgradePreview): string {
  const next = `${name} ${buildNumber}`;
  const from = installed.map((version) => `${version.name} ${version.build_number} (${version.id})`).join(" and ");
  if (from === "") return `${next} would be new here.`;
  // Where the rules of versions refuse it, no migration was tried.
  if (error !== null && values.length === 0) return `${from} cannot become ${next}.`;
  return values.length === 0 ? `${from} would become ${next}. It has no objects.` : `${from} would become ${next}.`;
}

function outcomeOf({ error, exposed_passwords: exposed, is_changed: isChanged }: UpgradedValue): Outcome {
  if (error !== null) return hasFailed(error) ? "failed" : "does not fit";
  if (exposed.length > 0) return "exposes a password";
  return isChanged ? "changed" : "unchanged";
}

/** Whether nothing came of it: a migration failed, or the check took too long. Else what came of it does not fit. */
function hasFailed({ code, details }: NonNullable<UpgradedValue["error"]>): boolean {
  return details["migration"] !== undefined || code === "PLUGIN_LIMIT";
}

function what({ description, exposed_passwords: exposed }: UpgradedValue): string {
  return exposed.length === 0 ? description : `${description}: readable from then on: ${exposed.join(", ")}`;
}

function sum(values: readonly UpgradedValue[]): string {
  const told = Object.entries(OUTCOMES).flatMap(([outcome, several]) => {
    const count = values.filter((value) => outcomeOf(value) === outcome).length;
    return count === 0 ? [] : `${String(count)} ${count === 1 ? outcome : several}`;
  });
  return `${values.length === 1 ? "1 value" : `${String(values.length)} values`}: ${told.join(", ")}. This was a check: nothing is changed.`;
}
