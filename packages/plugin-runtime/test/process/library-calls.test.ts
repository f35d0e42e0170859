import { expect, test } from "vitest";
import type { RunCommandRequest } from "@opendvp/core";
import { EngineError, SecretMask, type Json } from "@opendvp/model";
import { WIRE_ERROR_CODES, type WireError } from "@opendvp/plugin-protocol";
import { LibraryCalls } from "../../src/process/library-calls.ts";
import { noLibraries } from "../support/runtime-harness.ts";
import { connection } from "../support/values.ts";

const MIB = 1024 * 1024;
const command = { remoteConnection: connection, command: "true", variables: {} };

function errorOf(answer: Promise<Json>): Promise<WireError> {
  return answer.then(
    () => expect.fail("It was answered."),
    (error: unknown) => error as WireError,
  );
}

test("calls under way are bounded in what they were given together, and give it back", async () => {
  let finish: () => void = () => undefined;
  const running = new Promise<void>((resolve) => (finish = resolve));
  const runBash = () => running.then(() => ({ exitCode: 0, stdout: "", stderr: "" }));
  const calls = new LibraryCalls({ ...noLibraries, runBash }, new SecretMask());
  const first = calls.answer("library/runBash", command, 100 * MIB);
  const error = await errorOf(calls.answer("library/runBash", command, 100 * MIB));
  expect(error).toMatchObject({ code: WIRE_ERROR_CODES.libraryError, data: { code: "PLUGIN_LIMIT" } });
  expect(error.message).toMatch(/library calls under way were given has 209715200 bytes; 201326592 are allowed/);
  finish();
  await first;
  expect(await calls.answer("library/runBash", command, 100 * MIB)).toMatchObject({ exitCode: 0 });
});

test("commands under way are bounded in what they write together, and give it back", async () => {
  const written: ((bytes: number) => void)[] = [];
  let finish: () => void = () => undefined;
  const running = new Promise<void>((resolve) => (finish = resolve));
  const runBash = ({ countOutput = () => undefined }: RunCommandRequest) => {
    written.push(countOutput);
    return running.then(() => ({ exitCode: 0, stdout: "", stderr: "" }));
  };
  const calls = new LibraryCalls({ ...noLibraries, runBash }, new SecretMask());
  const both = Promise.all([1, 2].map(() => calls.answer("library/runBash", command, 100)));
  written[0]?.(100 * MIB);
  expect(() => written[1]?.(100 * MIB)).toThrow("What commands under way wrote together has 209715200 bytes; 201326592 are allowed.");
  finish();
  await both;
  await calls.answer("library/runBash", command, 100);
  expect(() => written[2]?.(150 * MIB)).not.toThrow();
});

test("a process learns a bounded number of secrets, none of them endless", async () => {
  const secrets = new SecretMask();
  const upgradePassword = () => Promise.resolve({ type: "NamedPasswordCredential" });
  const calls = new LibraryCalls({ ...noLibraries, upgradePassword }, secrets);
  const tell = (password: string) => calls.answer("library/upgradePassword", { password, username: null }, 100);
  expect((await errorOf(tell("x".repeat(MIB)))).message).toBe("A secret has 1048576 bytes; 65536 are allowed.");
  for (let number = 0; number < 1024; number += 1) await tell(`password ${number}`);
  expect((await errorOf(tell("one more"))).message).toMatch(/has been told 1024 secrets; it gets no more/);
  expect(secrets.size).toBe(1024);
});

test("failures are kept for as long as a plugin may still pass them on, and not without end", async () => {
  const runBash = () => Promise.reject(new EngineError("HOST_UNREACHABLE", "Gone."));
  const calls = new LibraryCalls({ ...noLibraries, runBash }, new SecretMask());
  const errors: WireError[] = [];
  for (let number = 0; number < 300; number += 1) errors.push(await errorOf(calls.answer("library/runBash", command, 100)));
  const known = errors.filter((error) => calls.failure(error) !== undefined);
  expect(known).toEqual([...errors.slice(0, 128), ...errors.slice(-128)]);
});
