import type { Engine } from "./engine.ts";
import { commandFunctions } from "./functions/command-functions.ts";
import { fail } from "./functions/fail.ts";
import type { HostFunction } from "./functions/host-function.ts";
import { OsTypes } from "./functions/os-types.ts";
import { runSync } from "./functions/run-sync.ts";
import { directOperations } from "./operations/direct-operations.ts";
import { discoveryOperations } from "./operations/discovery-operations.ts";
import { OperationScripts } from "./operations/operation-scripts.ts";
import type { Operation, OperationTable } from "./operations/operation.ts";
import { stagedOperations } from "./operations/staged-operations.ts";
import { upgradeOperations } from "./operations/upgrade-operations.ts";
import { virtualOperations } from "./operations/virtual-operations.ts";
import { ScriptRunner } from "./script-runner.ts";
import type { Toolkit } from "./toolkit.ts";
import type { LuaMachine } from "./vm/lua-machine.ts";

/** A toolkit that has been loaded: what it implements, and how each of it is answered. */
export class ToolkitProgram {
  readonly toolkit: Toolkit;
  readonly #table: OperationTable;

  /** @throws WireError where a script is no Lua */
  constructor(toolkit: Toolkit, engine: Engine, machine: LuaMachine) {
    const osTypes = new OsTypes(engine);
    const functions: Readonly<Record<string, HostFunction>> = {
      ...commandFunctions(engine, toolkit),
      RunSync: runSync(engine),
      Fail: fail,
      write: (call) => {
        const text = call.value(1);
        if (typeof text === "string") engine.log("INFO", text);
        return undefined;
      },
      osType: () => osTypes.of(scripts.connection),
    };
    const runner = new ScriptRunner(machine, toolkit, functions);
    for (const script of toolkit.scripts) runner.check(script);
    const scripts = new OperationScripts(runner, { toolkit, engine });
    this.toolkit = toolkit;
    const answers = {
      ...discoveryOperations(scripts),
      ...(toolkit.pluginType === "DIRECT" ? directOperations(scripts) : stagedOperations(scripts)),
      ...virtualOperations(scripts),
    };
    const implemented = Object.entries(answers).filter(([name]) => toolkit.operations.some((operation) => operation === name));
    this.#table = { ...Object.fromEntries(implemented), ...upgradeOperations(scripts) };
  }

  /** Undefined where the toolkit has nothing to answer that with. */
  operation(method: string): Operation | undefined {
    return Object.hasOwn(this.#table, method) ? this.#table[method] : undefined;
  }
}
