import { isJsonObject, type Json } from "@opendvp/model";
import { WIRE_ERROR_CODES, WireError, type LibraryMethod } from "@opendvp/plugin-protocol";
import type { Engine } from "../engine.ts";
import { asJson } from "../as-json.ts";
import { nameOf } from "../script-error.ts";
import type { Toolkit } from "../toolkit.ts";
import type { LuaTable, LuaValue } from "../vm/lua-value.ts";
import type { SchemaPlace } from "../vm/schema-place.ts";
import { NO_SCHEMA } from "../vm/schema-place.ts";
import { SCHEMA_OF_SCHEMAS } from "../vm/schema-of-schemas.ts";
import { booleanMember, textMember, variablesMember } from "./arguments.ts";
import { callLibrary } from "./call-library.ts";
import { createOutputReader, type OutputReader } from "./command-output.ts";
import { connectionOf } from "./connection.ts";
import { bug, type HostCall } from "./host-call.ts";
import type { HostFunction } from "./host-function.ts";
import { LARGEST_OUTPUT_BYTES, readOutputFile, runBy, withOutputFile } from "./output-file.ts";

const KNOWN = ["command", "environment", "user", "host", "variables", "outputSchema", "loginShell"];
const ARGUMENTS: SchemaPlace = {
  kind: "object",
  inside: (key) => (key === "outputSchema" ? SCHEMA_OF_SCHEMAS : key === "variables" ? { ...NO_SCHEMA, kind: "object" } : NO_SCHEMA),
};
const LOGGED_CHARACTERS = 8192;

/** How a function runs its command. */
interface Interpreter {
  readonly functionName: string;
  readonly method: LibraryMethod;
  /** The command as bash is to run it. */
  readonly inBash?: (command: string) => string;
}

interface Command {
  readonly interpreter: Interpreter;
  readonly text: string;
  readonly args: LuaTable;
  /** Undefined where the script asks for no output. */
  readonly readOutput: OutputReader | undefined;
}

/** RunBash and its like: each waits for its command, whose output file is what it gives. */
export function commandFunctions(engine: Engine, toolkit: Toolkit): Readonly<Record<string, HostFunction>> {
  const make =
    (interpreter: Interpreter): HostFunction =>
    (call) =>
      run(readCommand(interpreter, call, engine), { engine, toolkit, place: call.place });
  const powerShell = (functionName: string): HostFunction => make({ functionName, method: "library/runPowershell" });
  const expectInBash = (command: string): string => runBy("expect -f", command);
  return {
    RunBash: make({ functionName: "RunBash", method: "library/runBash", inBash: (command) => command }),
    RunCommand: make({ functionName: "RunCommand", method: "library/runBash", inBash: (command) => runBy("/bin/sh", command) }),
    RunExpect: (call) => {
      const plain: Interpreter = { functionName: "RunExpect", method: "library/runExpect" };
      const command = readCommand(plain, call, engine);
      // The library gives back what expect prints. For a file there has to be a shell around it.
      const interpreter = command.readOutput === undefined ? plain : { ...plain, method: "library/runBash" as const, inBash: expectInBash };
      return run({ ...command, interpreter }, { engine, toolkit, place: call.place });
    },
    RunPowerShell: powerShell("RunPowerShell"),
    RunPowershell: powerShell("RunPowershell"),
  };
}

function readCommand(interpreter: Interpreter, call: HostCall, engine: Engine): Command {
  const { functionName } = interpreter;
  const args = call.table(functionName, ARGUMENTS);
  const unknown = Object.keys(args).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) engine.log("WARNING", `${call.place}: ${functionName} does not know ${unknown.join(", ")}.`);
  const text = textMember(functionName, args, "command");
  return { interpreter, text, args, readOutput: outputReader(functionName, args["outputSchema"]) };
}

function outputReader(functionName: string, outputSchema: LuaValue): OutputReader | undefined {
  if (outputSchema === undefined) return undefined;
  const schema = asJson(outputSchema, `${functionName}: outputSchema`);
  if (!isJsonObject(schema)) throw bug(`${functionName}: outputSchema must be a table, a JSON Schema.`);
  return createOutputReader(functionName, schema);
}

interface Surroundings {
  readonly engine: Engine;
  readonly toolkit: Toolkit;
  readonly place: string;
}

function run({ interpreter, text, args, readOutput }: Command, { engine, toolkit, place }: Surroundings): LuaValue {
  const { functionName, method, inBash } = interpreter;
  const isRead = readOutput !== undefined;
  const { exitCode, stdout, stderr } = readResult(
    callLibrary(engine, functionName, {
      method,
      params: {
        remoteConnection: connectionOf(functionName, args),
        command: inBash === undefined ? text : withOutputFile(inBash(text), { isRead }),
        variables: variablesMember(functionName, args),
        ...(method === "library/runBash" && { useLoginShell: booleanMember(functionName, args, "loginShell") }),
      },
    }),
  );
  const printed = isRead ? stderr : joined(stdout, stderr);
  if (printed !== "") engine.log("INFO", `${place}: ${functionName} printed:\n${shortened(printed)}`);
  if (exitCode !== 0) {
    const message = `The command of ${functionName} in ${place} of the ${nameOf(toolkit)} ended with exit code ${exitCode}.`;
    throw new WireError(WIRE_ERROR_CODES.userError, message, {
      action: "Look at what the command printed, and at the toolkit's log.",
      output: shortened(printed),
    });
  }
  if (readOutput === undefined) return undefined;
  const output = readOutputFile(stdout);
  if (output !== "missing" && "tooLargeBytes" in output)
    throw tooLarge(`${nameOf(toolkit)}, ${place}: ${functionName}`, output.tooLargeBytes);
  return readOrTell(output, readOutput, (text) => engine.log("INFO", `${place}: ${text}`));
}

function tooLarge(where: string, actualBytes: number): WireError {
  const message = `${where}: the command has written ${actualBytes} bytes to $DLPX_OUTPUT_FILE; ${LARGEST_OUTPUT_BYTES} are read.`;
  return new WireError(WIRE_ERROR_CODES.limit, message, { limit: "output file", limitBytes: LARGEST_OUTPUT_BYTES, actualBytes });
}

/** An error does not show what a command has written: it may be a secret that nobody knows to be one. The toolkit's log does. */
function readOrTell(output: Parameters<OutputReader>[0], read: OutputReader, tell: (text: string) => void): LuaValue {
  try {
    return read(output);
  } catch (error) {
    if (output !== "missing") tell(`$DLPX_OUTPUT_FILE held:\n${shortened(output.content)}`);
    throw error;
  }
}

function readResult(value: Json): { readonly exitCode: number; readonly stdout: string; readonly stderr: string } {
  const { exitCode, stdout, stderr } = isJsonObject(value) ? value : {};
  if (typeof exitCode !== "number" || typeof stdout !== "string" || typeof stderr !== "string")
    throw new WireError(WIRE_ERROR_CODES.internal, "The engine's answer is no result of a command.");
  return { exitCode, stdout, stderr };
}

function joined(stdout: string, stderr: string): string {
  return stdout === "" || stdout.endsWith("\n") ? stdout + stderr : `${stdout}\n${stderr}`;
}

function shortened(text: string): string {
  return text.length <= LOGGED_CHARACTERS ? text : `[…] ${text.slice(-LOGGED_CHARACTERS)}`;
}
