import { asUser, BIN } from "../engine-under-test/source-cluster.ts";

/** In a throw-away copy, which is recovered as a crash would have it: the dataset itself is not touched. */
const SCRIPT = `
set -euo pipefail
place=$(mktemp -d -p "$3")
trap 'rm -rf -- "$place"' EXIT
cp -a -- "$2/data" "$place/data"
cd -- "$place/data"
rm -f postmaster.pid recovery.signal standby.signal
printf "archive_mode = off\\nlisten_addresses = ''\\n" >postgresql.conf
printf '%s\\n' "$4" | "$1/postgres" --single -D . -F -c exit_on_error=on postgres 2>"$place/log" || { cat "$place/log" >&2; exit 1; }
"$1/pg_checksums" --check -D . >/dev/null
`;

/** Asks a cluster that does not run for one value; every page of it must be whole. The place is for copies, and the user's own. */
export async function askAtRest(dataset: string, question: string, place: string): Promise<string> {
  const output = await asUser("bash", ["-c", SCRIPT, "look", BIN, dataset, place, question]);
  const [, value] = /^\t 1: \w+ = "(.*)"\t/m.exec(output) ?? [];
  if (value === undefined) throw new Error(`${dataset} has given no answer: ${output}`);
  return value;
}
