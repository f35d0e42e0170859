import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runDocument, type DocumentTally } from "./run-document.ts";
import { isSameOutput } from "./same-output.ts";
import { openShellSession } from "./shell-session.ts";
import { splitCommands } from "./split-commands.ts";

const FENCE = "```";

function block(info: string, ...lines: readonly string[]): string {
  return [`${FENCE}${info}`, ...lines, FENCE, "", ""].join("\n");
}

describe("the run of a document", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await makeTestDirectory();
  });
  afterAll(() => removeTestDirectory(directory));

  async function run(markdown: string): Promise<DocumentTally> {
    await using session = openShellSession({ cwd: directory, directory, env: {} });
    return await runDocument({ markdown, session, places: new Map([["/srv/dvp", directory]]) });
  }

  it("keeps directory, variables and files from one command to the next", async () => {
    const markdown = [
      block("sh", "mkdir -p /srv/dvp/inner && cd /srv/dvp/inner", "NAME=Ada"),
      block("text title=greeting", "hello"),
      block("text title=greeting append", "there"),
      block("sh", 'cat greeting; echo "$NAME"'),
      block("text", "hello", "", "there", "Ada"),
    ];
    expect(await run(markdown.join("Some prose.\n\n"))).toEqual({ commands: 3, outputs: 1, files: 2 });
    expect(await readFile(join(directory, "inner/greeting"), "utf8")).toBe("hello\n\nthere\n");
  });

  it("fails at a command that fails, also where a later one succeeds", async () => {
    await expect(run(block("sh", "true", "ls /nowhere", "true"))).rejects.toThrow(/Line 2: this ended with 2, not 0:\nls \/nowhere/);
  });

  it("fails where a command ends with another code than the document says", async () => {
    await run(block("sh exit=2", "ls /nowhere"));
    await expect(run(block("sh exit=4", "ls /nowhere"))).rejects.toThrow("ended with 2, not 4");
    await expect(run(block("sh exit=4", "true"))).rejects.toThrow("ended with 0, not 4");
  });

  it("fails where another output is shown, or one without commands", async () => {
    await expect(run(block("sh", "echo one") + block("text", "two"))).rejects.toThrow("Line 6: the output differs");
    await expect(run(block("text", "two"))).rejects.toThrow("an output without commands");
  });

  it("passes over no block, whatever it is called", async () => {
    for (const info of ["", "console", "js", "sh later", "text maybe", "ts name=src/plugin.ts"]) {
      await expect(run(block(info, "anything"))).rejects.toThrow(/of line 1/);
    }
    await expect(run(`${FENCE}sh\ntrue\n`)).rejects.toThrow("The block of line 1 is not closed");
  });

  it("types the password that an engine has shown where one is asked for", async () => {
    const ask = 'read -rsp "Password: " typed; echo; echo "typed $typed"';
    const markdown = block("sh", 'echo "The password of admin, shown this once: s3cret"') + block("sh password", ask);
    await run(markdown + block("text", "Password:", "typed s3cret"));
  });
});

it("takes commands of several lines whole", () => {
  const commands = ["for n in 1 2; do\n  echo $n\ndone\n", "cat <<END\ntext\nEND\n", "echo one \\\n  two\n", "# why\ntrue\n"];
  expect(splitCommands(commands.join("\n"))).toEqual(commands);
  expect(() => splitCommands("if true; then\n")).toThrow("no whole command");
});

describe("an output", () => {
  it("is the same when only what is volatile differs", () => {
    const shown = "ID       WHEN                     SIZE\nJOB-3  2026-11-21 22:43:51 UTC  1.5 MiB";
    expect(isSameOutput(shown, "ID  WHEN  SIZE\nJOB-14  2027-01-01 01:02:03 GMT+1  12 KiB\n")).toBe(true);
    expect(isSameOutput(shown, "ID  WHEN  SIZE\nTASK-14  2027-01-01 01:02:03 GMT+1  12 KiB\n")).toBe(false);
    expect(isSameOutput("done in 0.3 s (JOB-1)", "failed in 0.3 s (JOB-1)")).toBe(false);
  });

  it("may be shown in parts, but the parts must be there, in their order", () => {
    expect(isSameOutput("one\n…\nfour", "one\ntwo\nthree\nfour\n")).toBe(true);
    expect(isSameOutput("one\n…\nfour", "one\ntwo\nthree\n")).toBe(false);
    expect(isSameOutput("two…", "one\ntwo and a half\n")).toBe(false);
    expect(isSameOutput("…\ntwo …", "one\ntwo and a half\n")).toBe(true);
    expect(isSameOutput("one.", "one!")).toBe(false);
  });
});
