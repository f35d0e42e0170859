import { METHODS, WIRE_ERROR_CODES, WireError } from "@opendvp/plugin-protocol";
import { expect, test } from "vitest";
import { limitError, operationError } from "../../src/process/operation-error.ts";
import { placeOf } from "../../src/process/operation-place.ts";

const PLUGIN = { name: "files", language: "PYTHON311", buildNumber: "1.2" };
const TOOLKIT = { name: "files", language: "LUA", buildNumber: "1.2.3" };
const { pluginBug, pluginInvalid, methodNotFound } = WIRE_ERROR_CODES;

test.each([
  [PLUGIN, "virtual.start", pluginBug, "virtual.start of the plugin files 1.2 failed: why", "This is a defect of the plugin"],
  [TOOLKIT, "virtual.start", pluginBug, "virtual.start of the toolkit files 1.2.3 failed: why", "This is a defect of the toolkit"],
  [PLUGIN, METHODS.initialize, pluginInvalid, "The plugin files 1.2 cannot be loaded: why", "Correct the plugin's code"],
  [TOOLKIT, METHODS.initialize, pluginInvalid, "The toolkit files 1.2.3 cannot be loaded: why", "Correct the toolkit's script"],
  [
    TOOLKIT,
    "virtual.start",
    methodNotFound,
    "The toolkit files 1.2.3 does not implement virtual.start.",
    "Add the operation to the toolkit",
  ],
])("it names who wrote it, and which version: %o %s %d", (...[version, operation, code, message, action]) => {
  const error = operationError(placeOf(version, operation), new WireError(code, "why"));
  expect(error.message).toBe(message.endsWith(".") ? message : `${message}.`);
  expect(error.action).toContain(action);
});

test("what a toolkit's script says of itself is not said twice", () => {
  const error = operationError(
    placeOf(TOOLKIT, "virtual.start"),
    new WireError(pluginBug, "toolkit files 1.2.3, virtual/start.lua:7: why"),
  );
  expect(error.message).toBe("virtual.start failed: toolkit files 1.2.3, virtual/start.lua:7: why.");
});

test.each([
  ["the stack trace is asked for where there is one", { stack: "Traceback" }, /with the stack trace\.$/],
  ["and not where there is none", {}, /report it to the plugin's author\.$/],
])("%s", (_what, data, action) => {
  const error = operationError(placeOf(PLUGIN, "virtual.start"), new WireError(pluginBug, "why", data));
  expect(error.action).toMatch(action);
  expect("stack" in error.details).toBe("stack" in data);
});

test("while a plugin is loaded, who loads it says which plugin that is", () => {
  const error = limitError(placeOf(PLUGIN, METHODS.initialize), "too much.", { limit: "operation result" });
  expect(error.message).toBe("loading it exceeded a limit: too much.");
});
