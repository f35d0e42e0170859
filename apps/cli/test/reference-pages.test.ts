import { readFile } from "node:fs/promises";
import { ERROR_CODES } from "@opendvp/model";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { cliReference } from "../../../tools/cli-reference/cli-reference.ts";
import { createProgram, processTerminal } from "../src/index.ts";

async function page(name: string): Promise<string> {
  return readFile(new URL(`../../../docs/reference/${name}`, import.meta.url), "utf8");
}

describe("the reference pages", () => {
  it("explain every error code, with its HTTP status and exit code, and no others", async () => {
    const rows = [...(await page("errors.md")).matchAll(/^\| `([A-Z_]+)` +\| (\d+) +\| (\d) +\| (\S.*?) +\| (\S.*?) +\|$/gm)];
    const explained = rows.map(
      ([, code, httpStatus, exitCode]) => [code, { httpStatus: Number(httpStatus), exitCode: Number(exitCode) }] as const,
    );
    expect(Object.fromEntries(explained)).toEqual(ERROR_CODES);
    expect(rows.length).toBe(Object.keys(ERROR_CODES).length);
  });

  it("explain every exit code, and no others", async () => {
    const explained = [...(await page("exit-codes.md")).matchAll(/^\| (\d) +\| (\S.*?) +\|$/gm)].map(([, code]) => Number(code));
    const used = new Set<number>([0, ...Object.values(ERROR_CODES).map(({ exitCode }) => exitCode)]);
    expect(explained).toEqual([...used].sort((a, b) => a - b));
  });

  it("describe the commands as they are", async () => {
    const fresh = await format(cliReference(createProgram(processTerminal())), { parser: "markdown", printWidth: 140 });
    expect(await page("cli.md"), "run npx tsx --conditions=source tools/cli-reference/main.ts").toBe(fresh);
  });
});
