/** What a command has left as its output: a file's content, more of it than is read, or no file. */
export type OutputFile = { readonly content: string } | { readonly tooLargeBytes: number } | "missing";

/** A file beyond is not read at all. */
export const LARGEST_OUTPUT_BYTES = 16 * 1024 * 1024;

const PRESENT = "present\n";
const TOO_LARGE = /^too large (\d+)\n/;

/**
 * Gives a command the file that `$DLPX_OUTPUT_FILE` names, empty, and takes it away however the command ends. One that was killed together
 * with this script leaves its file to the next: files are named after their shell's process, and those of shells that are gone are removed.
 * With `isRead`, the script's own stdout is the file, and what the command prints there goes to stderr.
 */
export function withOutputFile(command: string, { isRead }: { readonly isRead: boolean }): string {
  const lines = [
    // Patterns that match nothing stand for themselves, and are no files.
    'for DLPX_OUTPUT_FILE in "${TMPDIR:-/tmp}"/dlpx-output-*; do',
    "  [[ $DLPX_OUTPUT_FILE =~ /dlpx-output-([0-9]+)-[^/]*$ && -f $DLPX_OUTPUT_FILE && -O $DLPX_OUTPUT_FILE ]] || continue",
    '  kill -0 "${BASH_REMATCH[1]}" 2>/dev/null || rm -f -- "$DLPX_OUTPUT_FILE"',
    "done",
    'DLPX_OUTPUT_FILE=$(mktemp "${TMPDIR:-/tmp}/dlpx-output-$$-XXXXXXXX") || exit',
    "export DLPX_OUTPUT_FILE",
    `trap 'rm -f -- "$DLPX_OUTPUT_FILE"' EXIT`,
    "trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM",
    // Not before `||` or within a condition, where bash would not listen to a `set -e` of the command's.
    `( eval ${quoted(command)} )${isRead ? " >&2" : ""}`,
    'code=$?; [ "$code" = 0 ] || exit "$code"',
  ];
  const read = [
    'if [ ! -f "$DLPX_OUTPUT_FILE" ]; then echo missing; exit; fi',
    'size=$(wc -c < "$DLPX_OUTPUT_FILE") || exit',
    `if [ "$size" -gt ${LARGEST_OUTPUT_BYTES} ]; then echo "too large" $size; exit; fi`,
    "echo present",
    'cat -- "$DLPX_OUTPUT_FILE"',
  ];
  return [...lines, ...(isRead ? read : [])].join("\n");
}

/** What such a script has printed. */
export function readOutputFile(stdout: string): OutputFile {
  const tooLarge = TOO_LARGE.exec(stdout)?.[1];
  if (tooLarge !== undefined) return { tooLargeBytes: Number(tooLarge) };
  return stdout.startsWith(PRESENT) ? { content: stdout.slice(PRESENT.length) } : "missing";
}

/** Another interpreter than bash, which reads the command from a descriptor: it stands in no argument list. */
export function runBy(interpreter: string, command: string): string {
  return `exec ${interpreter} <(printf %s ${quoted(command)})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
