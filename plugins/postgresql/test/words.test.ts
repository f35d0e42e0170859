import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { explainFailure } from "../src/explain-failure.ts";
import { conninfo } from "../src/source/conninfo.ts";
import { configurationOf } from "../src/virtual/configuration-of.ts";
import { passwordStatement, scramVerifier } from "../src/virtual/password-statement.ts";

const SRC = join(import.meta.dirname, "../src");

describe("what PostgreSQL is told", () => {
  it("keeps odd names and values in one piece", () => {
    expect(conninfo({ user: "it's \\ me", port: "1" })).toBe("user='it\\'s \\\\ me' port='1'");
    const { CONFIGURATION, HBA, IDENT } = configurationOf(
      { mountPath: "/m", port: 5501, clients: ["10.0.0.0/8"], configuration: [{ name: "my.own", value: "a'b\\c" }] },
      { superuser: 'the "boss"', systemUser: "opendvp" },
    );
    expect(CONFIGURATION).toContain("my.own = 'a''b\\\\c'\n");
    expect(HBA.split("\n")[0]).toBe('local all "the ""boss""" peer map=opendvp');
    expect(HBA).toContain("host all all 10.0.0.0/8 md5\n");
    expect(IDENT).toBe('opendvp "opendvp" "the ""boss"""\n');
  });

  it("gets a password only as what PostgreSQL keeps of it", () => {
    // Password, salt and iterations of the example in RFC 7677.
    expect(scramVerifier("pencil", Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64"))).toBe(
      "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
    );
    expect(passwordStatement("boss", "secret")).not.toContain("secret");
  });
});

describe("what goes wrong", () => {
  it("is told as what happened and what mends it", () => {
    const error = explainFailure("The copy could not be started", "opendvp: port-in-use 5501\n");
    expect(error).toMatchObject({ message: "The copy could not be started: port 5501 is in use.", output: "" });
    expect(explainFailure("It failed", "FATAL:  odd\nopendvp: does-not-start\n")).toMatchObject({
      message: "It failed.",
      output: "FATAL:  odd",
    });
    expect(explainFailure("It failed", "opendvp: version-unsupported 12\n").message).toMatch(/PostgreSQL 12, and 13 is the oldest/);
  });

  it("has words for every reason that a script gives", () => {
    const scripts = execFileSync("grep", ["-rhoE", 'fail "[a-z-]+', SRC], { encoding: "utf8" });
    const reasons = new Set([...scripts.matchAll(/fail "([a-z-]+)/g)].map(([, reason = ""]) => reason));
    // These stand for what PostgreSQL itself says beside them.
    for (const own of [
      "source-unreachable",
      "backup-failed",
      "not-replayed",
      "not-recovered",
      "not-initialized",
      "does-not-start",
      "control-unreadable",
      "wal-unreadable",
    ])
      reasons.delete(own);
    for (const reason of reasons) expect(explainFailure("It failed", `opendvp: ${reason} 1 2\n`).message, reason).not.toBe("It failed.");
  });

  it("includes data of another major version", () => {
    const directory = mkdtempSync(join(tmpdir(), "opendvp-words-"));
    try {
      mkdirSync(join(directory, "data"));
      writeFileSync(join(directory, "data/PG_VERSION"), "14\n");
      writeFileSync(join(directory, "postgres"), "#!/bin/sh\necho 'postgres (PostgreSQL) 15.1'\n", { mode: 0o755 });
      const script = `${readFileSync(join(SRC, "server/functions.sh"), "utf8").replace('[ "$EUID" -ne 0 ]', "true")}\ncheck_installation`;
      const run = (): string =>
        execFileSync("bash", ["-c", script], {
          env: { PATH: process.env["PATH"], MOUNT: directory, BIN: directory },
          stdio: "pipe",
        }).toString();
      expect(run).toThrow(/version-differs 14 15/);
      writeFileSync(join(directory, "data/PG_VERSION"), "15\n");
      expect(run()).toBe("");
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
