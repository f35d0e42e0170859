import { formatJsonPath, REDACTED, type Json, type JsonObject } from "@opendvp/model";
import { expect, test } from "vitest";
import { exposedSecrets } from "../../src/plugins/migration/exposed-secrets.ts";
import { sealAt } from "../../src/plugins/sealing.ts";
import { testSecrets } from "../bench/test-secrets.ts";

const SECRETS = testSecrets();

/** A stored value: what stands at `password` is sealed. */
const stored = (password: Json, readable: JsonObject = {}): Json => sealAt(SECRETS, { ...readable, password }, [["password"]]);

function exposed(secrets: readonly Json[], { former, next }: { readonly former: Json; readonly next: Json }): readonly string[] {
  return exposedSecrets({ secrets, former, next }).map(formatJsonPath);
}

test("what was readable where it stands is not becoming readable, also where it is a password as well", () => {
  const value = stored("postgres", { user: "postgres", url: "postgres://localhost" });
  expect(exposed(["postgres"], { former: value, next: value })).toEqual([]);
  // But where the password itself stood it is.
  const next = { user: "postgres", url: "postgres://localhost", password: "postgres" };
  expect(exposed(["postgres"], { former: value, next })).toEqual(["password"]);
});

test.each<[string, Json, readonly string[]]>([
  ["within a text", { url: "postgres://u:tiger@h" }, ["url"]],
  ["in a list", { urls: ["x", "the tiger sleeps"] }, ["urls[1]"]],
  ["in base64", { header: `Basic ${Buffer.from("scott:tiger").toString("base64")}` }, ["header"]],
  ["as a member's name, which is not shown", { accounts: { tiger: { port: 1 } } }, [`accounts["${REDACTED}"]`]],
  ["below such a name", { accounts: { tiger: { also: "tiger" } } }, [`accounts["${REDACTED}"]`, `accounts["${REDACTED}"].also`]],
])("a secret is found %s", (_where, next, paths) => {
  expect(exposed(["tiger"], { former: stored("tiger"), next })).toEqual(paths);
});

test("a secret that is short, or a number, is found where it stands alone", () => {
  const former = stored({ code: 47, word: "ab" });
  const secrets = [{ code: 47, word: "ab" }];
  expect(exposed(secrets, { former, next: { code: 47, other: 1470, word: "ab", words: "abc", text: "47" } })).toEqual([
    "code",
    "word",
    "text",
  ]);
});

test("what stays a secret is none that becomes readable", () => {
  expect(exposed(["tiger"], { former: stored("tiger"), next: stored("tiger", { note: "moved" }) })).toEqual([]);
});
