import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { explainFailure, type Attempt } from "../src/explain-failure.ts";
import { conninfo } from "../src/source/conninfo.ts";
import { configurationOf } from "../src/virtual/configuration-of.ts";
import { passwordStatement, scramVerifier } from "../src/virtual/password-statement.ts";

/** These stand for what PostgreSQL itself says beside them. */
const OF_POSTGRESQL = [
  "source-unreachable",
  "backup-failed",
  "not-replayed",
  "not-recovered",
  "not-initialized",
  "does-not-start",
  "control-unreadable",
  "wal-unreadable",
];

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
  const copy = { failure: "The copy could not be started", side: "copy" } as const;
  const staging = { failure: "The sync failed", side: "staging" } as const;

  it("is told as what happened and what mends it", () => {
    const error = explainFailure(copy, "opendvp: port-in-use 5501\n");
    expect(error).toMatchObject({ message: "The copy could not be started: port 5501 is in use.", output: "" });
    expect(explainFailure(copy, "FATAL:  odd\nopendvp: does-not-start\n")).toMatchObject({
      message: "The copy could not be started.",
      output: "FATAL:  odd",
    });
  });

  it("is laid to whom it was said by: the source's server or the copy's own", () => {
    const noRole = 'psql: error: FATAL:  role "boss" does not exist\n';
    expect(explainFailure(staging, `${noRole}opendvp: source-unreachable\n`).message).toBe(
      'The sync failed: the source has no role "boss".',
    );
    const ofCopy = explainFailure(copy, `${noRole}opendvp: password-not-set\n`);
    expect(ofCopy).toMatchObject({ message: "The copy could not be started: the superuser's password could not be set." });
    expect(ofCopy.output).toContain("boss");
    for (const words of ['Peer authentication failed for user "a"', 'database "postgres" does not exist', "Connection refused"]) {
      expect(explainFailure(copy, words).message).not.toMatch(/source/);
      expect(explainFailure(staging, words).message).not.toBe("The sync failed.");
    }
  });

  it("has words for every reason that a script gives", () => {
    const sidesOf: readonly (readonly [string, readonly Attempt[]])[] = [
      ["server/functions.sh", [copy, staging]],
      ["server/prepare-snapshot.sh", [copy]],
      ["virtual", [copy]],
      ["source", [staging]],
      ["staging", [staging]],
    ];
    for (const [path, attempts] of sidesOf) {
      const scripts = execFileSync("grep", ["-rhoE", 'fail "[a-z-]+', join(SRC, path)], { encoding: "utf8" });
      for (const [, reason = ""] of scripts.matchAll(/fail "([a-z-]+)/g)) {
        if (OF_POSTGRESQL.includes(reason)) continue;
        for (const attempt of attempts)
          expect(explainFailure(attempt, `opendvp: ${reason} 1 2\n`).message, reason).not.toBe(`${attempt.failure}.`);
      }
    }
  });

  it("includes data of another major version", () => {
    using place = makePlace({ postgres: "echo 'postgres (PostgreSQL) 15.1'" });
    mkdirSync(join(place.directory, "data"));
    writeFileSync(join(place.directory, "data/PG_VERSION"), "14\n");
    expect(place.run("check_installation")).toMatch(/version-differs 14 15/);
    writeFileSync(join(place.directory, "data/PG_VERSION"), "15\n");
    expect(place.run("check_installation")).toBe("");
  });

  it.each([
    ["90624", /the source is PostgreSQL 9, and 13 is the oldest supported/],
    ["120022", /the source is PostgreSQL 12, and 13 is the oldest supported/],
    ["140011", /the data is PostgreSQL 14, and the installation is 15/],
  ])("includes a source that says that it is %s", (version, message) => {
    const programs = { psql: `printf '${version}\\tf\\n'`, pg_basebackup: "", pg_receivewal: "", pg_waldump: "" };
    using place = makePlace({ postgres: "echo 'postgres (PostgreSQL) 15.1'", ...programs });
    const scripts = ["source/source.sh", "staging/base-backup.sh"].map((file) => readFileSync(join(SRC, file), "utf8"));
    const error = explainFailure(staging, place.run(scripts.join("\n")));
    expect(error.message).toMatch(message);
  });
});

/** Runs what is behind the shared functions beside programs that answer as others would, and gives what it says of its failure. */
function makePlace(programs: Readonly<Record<string, string>>) {
  const directory = mkdtempSync(join(tmpdir(), "opendvp-words-"));
  for (const [name, answer] of Object.entries(programs)) writeFileSync(join(directory, name), `#!/bin/sh\n${answer}\n`, { mode: 0o755 });
  const functions = readFileSync(join(SRC, "server/functions.sh"), "utf8");
  const env = { PATH: process.env["PATH"], MOUNT: directory, BIN: directory, CONNINFO: "", DATABASE_OPTION: "", PASSFILE: "" };
  return {
    directory,
    // That root may not run PostgreSQL is not what is looked at here.
    run: (script: string): string =>
      spawnSync("bash", ["-c", `${functions}\n${script}`.replaceAll('[ "$EUID" -ne 0 ]', "true")], {
        env,
        encoding: "utf8",
        stdio: ["ignore", "ignore", "pipe"],
      }).stderr,
    [Symbol.dispose]: () => rmSync(directory, { recursive: true }),
  };
}
