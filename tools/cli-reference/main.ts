import { writeFile } from "node:fs/promises";
import { format } from "prettier";
import { createProgram, processTerminal } from "../../apps/cli/src/index.ts";
import { cliReference } from "./cli-reference.ts";

const PAGE = new URL("../../docs/reference/cli.md", import.meta.url);

await writeFile(PAGE, await format(cliReference(createProgram(processTerminal())), { parser: "markdown", printWidth: 140 }));
