import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { operationTable } from "@opendvp/model";
import {
  LIBRARY_METHODS,
  LIMITS,
  LOG_LEVELS,
  METHODS,
  MIGRATION_METHODS,
  PROTOCOL_VERSION,
  WIRE_ERROR_CODES,
  encodeFrame,
} from "../src/index.ts";

const page = readFileSync(new URL("../../../docs/reference/plugin-protocol.md", import.meta.url), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("|"));

test("the page is about this version", () => {
  expect(page).toContain(`# The plugin protocol, version ${PROTOCOL_VERSION}\n`);
  expect(page).toContain(`"protocolVersion":${PROTOCOL_VERSION}`);
});

test.each([...Object.values(METHODS), ...LIBRARY_METHODS, ...MIGRATION_METHODS, ...LOG_LEVELS])("it has %s", (name) => {
  expect(page).toContain(`\`${name}\``);
});

test.each([...Object.entries(operationTable("DIRECT")), ...Object.entries(operationTable("STAGED"))])(
  "it has %s with its arguments",
  (operation, { arguments: names }) => {
    const place = rows.findIndex((row) => row.includes(`\`${operation}\``));
    // A row may refer to the one above it.
    const text = (rows[place] ?? "").includes("the same") ? (rows[place - 1] ?? "") : (rows[place] ?? "");
    for (const name of names) expect(text).toContain(`\`${name}\``);
  },
);

test.each(Object.entries(WIRE_ERROR_CODES))("it has the error %s (%i)", (_kind, code) => {
  expect(rows.some((row) => row.startsWith(`| ${String(code).replace("-", "−")} `))).toBe(true);
});

test("it has the limits", () => {
  const written = {
    operationBytes: "4 MiB",
    errorBytes: "128 KiB",
    libraryCallBytes: "192 MiB",
    messageDepth: "| 256 ",
    messageValues: "| 1 048 576 ",
  };
  expect(LIMITS).toEqual({
    operationBytes: 4 * 2 ** 20,
    errorBytes: 128 * 2 ** 10,
    libraryCallBytes: 192 * 2 ** 20,
    messageDepth: 256,
    messageValues: 2 ** 20,
  });
  for (const text of Object.values(written)) expect(page).toContain(text);
});

test("its example of a frame is one", () => {
  const body = '{"jsonrpc":"2.0","id":1,"method":"shutdown","params":null}';
  expect(page).toContain(body);
  expect(page).toContain(encodeFrame(body).split("\r\n", 1)[0]);
});
