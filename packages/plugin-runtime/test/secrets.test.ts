import { afterAll, beforeAll, expect, test } from "vitest";
import type { PlatformLibraries, PluginVersion } from "@opendvp/core";
import { EngineError, REDACTED } from "@opendvp/model";
import { buildPlugin } from "./support/build-plugin.ts";
import { createHarness, noLibraries, type RuntimeHarness } from "./support/runtime-harness.ts";

const PASSWORD = "hunter2 & 'söns'/77";
const KEY = `-----BEGIN KEY-----\nbGluZSBvbmUgb2YgaXQ\nbGluZSB0d28gb2YgaXQ\n-----END KEY-----\n`;
/** No part that could be guessed from is left, however it is written. */
const TELLTALE = /hunter2|söns|aHVudGVyM|bGluZSB|h%C3/i;

let harness: RuntimeHarness;
let plugin: PluginVersion;

beforeAll(async () => {
  harness = await createHarness();
  plugin = await buildPlugin("indiscreet");
});
afterAll(() => harness.close());

const failing = (error: EngineError): Promise<never> => Promise.reject(error);
const libraries: PlatformLibraries = {
  ...noLibraries,
  runBash: ({ command, variables }) =>
    command.startsWith("echo hunter2")
      ? failing(new EngineError("HOST_UNREACHABLE", `No shell for ${command}`, { details: { command }, cause: new Error(command) }))
      : Promise.resolve({ exitCode: 4, stdout: `pw is ${variables["PW"] ?? ""}`, stderr: "" }),
  retrieveCredentials: () => Promise.resolve({ type: "keyPair", username: "u", privateKey: KEY, publicKey: "ssh-ed25519 AAAA" }),
};

/** What an operation shows to anybody, as its error and in the log, once the log has these words. */
async function shownBy(how: string, { password = PASSWORD, logged = "virtual.start " } = {}): Promise<string> {
  const before = harness.lines.length;
  const error = await harness.call(plugin, { how, password }, { secrets: [password], libraries }).then(
    () => undefined,
    (thrown: unknown) => EngineError.from(thrown),
  );
  const { cause } = error ?? {};
  const causes = cause instanceof Error ? [cause.message, cause.stack] : [cause];
  const said = () => harness.lines.slice(before).map(({ message }) => message);
  await expect.poll(() => said().some((line) => line.includes(logged))).toBe(true);
  return JSON.stringify([error?.toShape(), error?.stack, causes, said()]);
}

test.each([
  ["userError", ["Nope with", "Try ", "out "]],
  ["bug", ["postgres://u:********@h", "Caused by: Error: ********"]],
  ["bugWithoutError", ["The cause says it", "Caused by: { password: "]],
  ["exit", ["exit code 3", "********"]],
  ["uncaught", ["********"]],
  ["command", ["exit code 4", "pw is ********"]],
  ["library", ["No shell for echo ********"]],
  ["log", ["as it is ********", "dXNlcj", "password"]],
  ["print", ["here it is: ********"]],
  ["garbage", ["Hello, I am no message"]],
])("no password is shown by one that tells it: %s", async (how, words) => {
  const shown = await shownBy(how, how === "print" ? { logged: "+ : " } : {});
  expect(shown).not.toMatch(TELLTALE);
  for (const word of words) expect(shown).toContain(word);
});

test("no line of a key that it has retrieved is shown", async () => {
  const shown = await shownBy("credentials");
  expect(shown).toContain(`"code":"PLUGIN_USER_ERROR"`);
  expect(shown).toContain(REDACTED);
  expect(shown).not.toMatch(TELLTALE);
});

test("what an operation remembers is not told by a later one, with secrets of its own", async () => {
  expect(await shownBy("remember")).toContain("answered");
  const shown = await shownBy("recall", { password: "another one" });
  expect(shown).toContain("From before: ********");
  expect(shown).not.toMatch(TELLTALE);
});
