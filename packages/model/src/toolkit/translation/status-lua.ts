export interface StatusScripts {
  readonly bash?: string;
  readonly powerShell?: string;
  /** Environment variables that the scripts read, with the parameter that each holds. */
  readonly variables: readonly { readonly variable: string; readonly name: string }[];
}

/** What scripts of that time found in their environment. */
const GIVEN = [
  ["DLPX_DATA_DIRECTORY", "source.dataDirectory"],
  ["DLPX_OS_TYPE", "source.osType"],
  ["TOOLKIT_DIR", "source.toolkitPath"],
  ["VDB_GUID", "source.guid"],
] as const;

// Within a subshell, which an `exit` of the script ends.
const IN_BASH = `( eval "$DLPX_STATUS_SCRIPT" )
case $? in
  0) printf '"ACTIVE"' ;;
  128) printf '"INACTIVE"' ;;
  *) printf '"UNKNOWN"' ;;
esac > "$DLPX_OUTPUT_FILE"`;

const IN_POWERSHELL = `powershell -NoProfile -Command $env:DLPX_STATUS_SCRIPT
$status = switch ($LASTEXITCODE) { 0 { '"ACTIVE"' } 128 { '"INACTIVE"' } default { '"UNKNOWN"' } }
[IO.File]::WriteAllText($env:DLPX_OUTPUT_FILE, $status)`;

/** A `status` script in Lua that runs a script of the oldest form, which told by its exit code: 0 is ACTIVE, 128 INACTIVE, all else UNKNOWN. */
export function statusLua({ bash, powerShell, variables }: StatusScripts): string {
  const calls = [
    ...(powerShell === undefined ? [] : [call("RunPowerShell", { command: IN_POWERSHELL, script: powerShell, variables })]),
    ...(bash === undefined ? [] : [call("RunBash", { command: IN_BASH, script: bash, variables })]),
  ];
  if (calls.length < 2) return `return ${calls.join("")}\n`;
  return [`if source.osType == "WINDOWS" then`, `return ${calls[0] ?? ""}`, "end", `return ${calls[1] ?? ""}`, ""].join("\n");
}

interface Call {
  readonly command: string;
  readonly script: string;
  readonly variables: StatusScripts["variables"];
}

function call(run: string, { command, script, variables }: Call): string {
  return [
    `${run} {`,
    `    command = ${luaText(command)},`,
    "    environment = source.environment,",
    "    user = source.environmentUser,",
    "    host = source.host,",
    "    variables = {",
    ...GIVEN.map(([variable, value]) => `        [${luaText(variable)}] = ${value},`),
    ...variables.map(({ variable, name }) => `        [${luaText(variable)}] = parameters[${luaText(name)}],`),
    `        DLPX_STATUS_SCRIPT = ${luaText(script)},`,
    "    },",
    '    outputSchema = { type = "string", enum = { "ACTIVE", "INACTIVE", "UNKNOWN" } },',
    "}",
  ].join("\n");
}

/** A text between long brackets of a level that does not occur in it. */
function luaText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !/["\\]/.test(text)) return `"${text}"`;
  let level = "=";
  while (text.includes(`]${level}]`) || text.endsWith(`]${level}`)) level += "=";
  // The first line break after the bracket is not part of the text.
  return `[${level}[\n${text}]${level}]`;
}
