/** A moment in local time with its zone; `-` for none. */
export function formatTime(iso: string | null | undefined): string {
  if (iso === null || iso === undefined) return "-";
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const date = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
  return `${date} ${formatClock(iso)} ${zoneOf(moment)}`;
}

/** The local time of day. */
export function formatClock(iso: string): string {
  const moment = new Date(iso);
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(":");
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function zoneOf(moment: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZoneName: "short" }).formatToParts(moment);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "UTC";
}
