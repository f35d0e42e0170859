import { afterEach, beforeEach, expect, test } from "vitest";
import type { Json, JsonObject } from "@opendvp/model";
import { PLUGIN_HOST, WIRE_ERROR, type PluginHost } from "@opendvp/plugin-protocol";
import { KeyPairCredentials, LibraryError, PluginScriptError, RemoteConnection, libs, logger } from "../src/index.ts";
import { connection } from "./support/values.ts";

const remote = RemoteConnection.fromWire(connection);
const holder = globalThis as { [PLUGIN_HOST]?: PluginHost | undefined };

let asked: { readonly method: string; readonly params: JsonObject }[];
let logged: string[];
let answer: () => Promise<Json>;

beforeEach(() => {
  [asked, logged] = [[], []];
  answer = () => Promise.resolve({ exitCode: 0, stdout: "out", stderr: "" });
  holder[PLUGIN_HOST] = {
    request: (method, params) => {
      asked.push({ method, params });
      return answer();
    },
    log: (level, message) => void logged.push(`${level} ${message}`),
  };
});
afterEach(() => {
  holder[PLUGIN_HOST] = undefined;
});

test("runBash sends what it is given, with its defaults", async () => {
  expect(await libs.runBash(remote, "ls")).toEqual({ exitCode: 0, stdout: "out", stderr: "" });
  expect(asked).toEqual([
    { method: "library/runBash", params: { remoteConnection: connection, command: "ls", variables: {}, useLoginShell: false } },
  ]);
});

test("attributes that a plugin has put on a connection stay at home", async () => {
  const decorated = Object.assign(RemoteConnection.fromWire(connection), { note: () => "mine" });
  await libs.runExpect(decorated, "spawn x");
  expect(asked[0]?.params).toEqual({ remoteConnection: connection, command: "spawn x", variables: {} });
});

test("check turns a failed command into an error that has all of its output and shows the end of it", async () => {
  answer = () => Promise.resolve({ exitCode: 4, stdout: "x".repeat(10_000), stderr: "broken" });
  expect((await libs.runBash(remote, "false")).exitCode).toBe(4);
  const error = await libs.runBash(remote, "false", { check: true }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PluginScriptError);
  expect(error).toMatchObject({ exitCode: 4, stdout: "x".repeat(10_000), stderr: "broken" });
  expect((error as Error).message.length).toBeLessThan(5000);
});

test.each([
  [() => libs.runBash({} as never, "ls"), "'remoteConnection' of libs.runBash is an object; it must be a RemoteConnection"],
  [() => libs.runBash(remote, 5 as never), "'command' of libs.runBash is an integer; it must be a string"],
  [
    () => libs.runBash(remote, "ls", { variables: { PASSWORD: 5 } as never }),
    "'variables.PASSWORD' of libs.runBash is an integer; it must be a string",
  ],
  [() => libs.runPowershell(remote, "ls", { check: "yes" as never }), "'check' of libs.runPowershell is a string; it must be a boolean"],
  [
    () => libs.runSync(remote, "/a", { excludePaths: "*.bak" as never }),
    "'excludePaths' of libs.runSync is a string; it must be an array of strings",
  ],
  [() => libs.upgradePassword(null as never), "'password' of libs.upgradePassword is null; it must be a string"],
])("a wrong argument is named before anything is sent (%#)", async (call, message) => {
  await expect(call()).rejects.toThrow(message);
  expect(asked).toEqual([]);
});

test("credentials come as the class of their kind", async () => {
  answer = () => Promise.resolve({ type: "keyPair", username: "", privateKey: "PRIVATE", publicKey: "" });
  expect(await libs.retrieveCredentials({ type: "NamedKeyPairCredential" })).toBeInstanceOf(KeyPairCredentials);
});

test("what the engine cannot do is a LibraryError that crosses back as the engine's own error", async () => {
  // As the process hands it over: the shape of a wire error, whatever its class.
  const failure = Object.assign(new Error("No route"), { data: { code: "HOST_UNREACHABLE", action: "Check it.", failure: 3 } });
  answer = () => Promise.reject(failure);
  const error = (await libs.runSync(remote, "/a").catch((thrown: unknown) => thrown)) as LibraryError;
  expect(error).toBeInstanceOf(LibraryError);
  expect(error).toMatchObject({ message: "No route", code: "HOST_UNREACHABLE", action: "Check it." });
  expect(error[WIRE_ERROR]()).toMatchObject({ code: 5, data: { failure: 3 } });
});

test("outside of a plugin process a library says so", async () => {
  holder[PLUGIN_HOST] = undefined;
  await expect(libs.runBash(remote, "ls")).rejects.toThrow(/does not run in a plugin process/);
});

test("the logger fills in placeholders", () => {
  logger.debug("a %s", "b");
  logger.warning("n = %d", 3);
  expect(logged).toEqual(["DEBUG a b", "WARNING n = 3"]);
});
