import { ERROR_CODES, isEngineErrorShape, type Json } from "@opendvp/model";
import { expect } from "vitest";
import type { Ran } from "./dvp-here.ts";

/** Longer than any error has to be: what was given is not to come back whole. */
const LONGEST_ERROR = 40_000;

/** A documented exit code, and an error with code, message and action that is nobody's defect. */
export function expectRefusal(ran: Ran): void {
  const what = JSON.stringify(ran.args.map((word) => (word.length > 200 ? `${word.slice(0, 20)}…` : word)));
  const said = `${what} ended with ${ran.exitCode} and said ${ran.err.slice(0, 1000)}${ran.out.slice(0, 300)}`;
  const error = ran.args.includes("--json") ? fromJson(ran.err) : fromText(ran.err);
  expect(error, said).toMatchObject({ message: expect.stringMatching(/\S/), action: expect.stringMatching(/\S/) });
  expect(Object.keys(ERROR_CODES), said).toContain(error?.code);
  expect(error?.code, said).not.toBe("INTERNAL");
  expect(ran.exitCode, said).toBe(ERROR_CODES[error?.code as keyof typeof ERROR_CODES].exitCode);
  expect(ran.err, said).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  expect([ran.out, ran.err.length < LONGEST_ERROR || ran.args.includes("--json")], said).toEqual(["", true]);
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly action: string;
}

function fromJson(text: string): Told | undefined {
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  if (!last.startsWith("{")) return undefined;
  const { error } = JSON.parse(last) as { readonly error: Json };
  return isEngineErrorShape(error) ? error : undefined;
}

function fromText(text: string): Told | undefined {
  const [, message, action, code] = /^Error: ([^]+?)\n(?! {2}code: )([^]+?)\n {2}code: ([A-Z_]+)$/m.exec(text) ?? [];
  return message === undefined || action === undefined || code === undefined ? undefined : { message, action, code };
}
