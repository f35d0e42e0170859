import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quoteSeed } from "@opendvp/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { createUploadToolkit } from "../../src/index.ts";
import { runHere, type RanHere } from "./run-here.ts";
import { ok, refused, scriptedEngine, type ScriptedAnswer } from "./scripted-engine.ts";

const TOKEN = ok({ type: "FileUploadResult", url: "/resources/json/delphix/data/upload", token: "t-1" });

/** What an engine answers to an upload that succeeds at once. */
const SCRIPT: Readonly<Record<string, readonly ScriptedAnswer[]>> = {
  "POST session": [ok({ type: "APISession", version: { type: "APIVersion", major: 1, minor: 7, micro: 0 }, locale: null, client: null })],
  "POST login": [ok("USER-2")],
  "POST toolkit/requestUploadToken": [TOKEN],
  "POST data/upload": [ok(null, { action: "ACTION-9" })],
  "GET action/ACTION-9": [ok({ type: "Action", state: "COMPLETED" })],
};

async function artifact(
  content: object | string = { type: "Toolkit", name: "acme", buildApi: { type: "APIVersion", major: 1, minor: 7, micro: 0 } },
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "dvp-upload-toolkit-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, "acme.json");
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

function uploadToolkit(args: readonly string[], env: Readonly<Record<string, string>> = { DVP_PASSWORD: "s3cret" }): Promise<RanHere> {
  return runHere(createUploadToolkit, args, env);
}

/** A home directory with these defaults. */
async function homeWith(defaults: string): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "dvp-home-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, ".dvp"));
  await writeFile(join(home, ".dvp", "config"), `[default]\n${defaults}\n`);
  return home;
}

describe("upload-toolkit", () => {
  it("opens a session of the artifact's buildApi version, logs in, asks for a token, sends the file and looks how it ends", async () => {
    quoteSeed(
      "The Delphix upload-toolkit.py script uses the Build API when uploading the toolkit, because the script will create a session with the Delphix Engine that has the same version as the Build API",
    );
    const { address, received } = await scriptedEngine(SCRIPT);
    const file = await artifact();
    const ran = await uploadToolkit([file, address, "admin"]);
    expect(ran).toEqual({ exitCode: 0, out: `Uploaded ${file} to ${address}.\n`, err: "" });
    expect(received.map(({ call }) => call)).toEqual([
      "POST session",
      "POST login",
      "POST toolkit/requestUploadToken",
      "POST data/upload",
      "GET action/ACTION-9",
    ]);
    const [session, login, token, upload] = received;
    expect(JSON.parse(session?.body ?? "")).toEqual({ type: "APISession", version: { type: "APIVersion", major: 1, minor: 7, micro: 0 } });
    expect(JSON.parse(login?.body ?? "")).toEqual({ type: "LoginRequest", username: "admin", password: "s3cret" });
    expect([token?.body, token?.contentType]).toEqual(["", undefined]);
    expect(received.slice(1).map(({ cookie }) => cookie)).toEqual(Array(4).fill("JSESSIONID=abc123"));
    expect(upload?.contentType).toMatch(/^multipart\/form-data; boundary=/);
    expect(upload?.body).toMatch(
      /name="token"\r\n\r\nt-1\r\n[^]*name="file"; filename="artifact\.json"\r\nContent-Type: application\/octet-stream\r\n\r\n\{"type":"Toolkit"/,
    );
  });

  it("follows the job where one upgrades what uses the toolkit, and tells what it says, each thing once", async () => {
    const event = (messageDetails: string): object => ({ type: "JobEvent", messageDetails });
    const { address, received } = await scriptedEngine({
      ...SCRIPT,
      "POST data/upload": [ok(null, { action: "ACTION-9", job: "JOB-4" })],
      "GET action/ACTION-9/getJob": [
        ok({ jobState: "RUNNING", events: [event("begins")] }),
        ok({ jobState: "COMPLETED", events: [event("begins"), event("ends")] }),
      ],
    });
    const ran = await uploadToolkit([await artifact(), address, "admin"]);
    expect([ran.exitCode, ran.err]).toEqual([0, "begins\nends\n"]);
    expect(received.filter(({ call }) => call === "GET action/ACTION-9/getJob")).toHaveLength(2);
  });

  it("warns of a password in its arguments, which is what it takes", async () => {
    const { address, received } = await scriptedEngine(SCRIPT);
    const ran = await uploadToolkit([await artifact(), address, "admin", "from-argv"], {});
    expect(ran.exitCode).toBe(0);
    expect(ran.err).toMatch(/^Warning: a password in an argument can be seen/);
    expect(ran.err).not.toContain("from-argv");
    expect(received[1]?.body).toContain("from-argv");
  });

  it("takes user and password of ~/.dvp/config where none is named", async () => {
    const { address, received } = await scriptedEngine(SCRIPT);
    const HOME = await homeWith("user = ada\npassword = kept");
    expect((await uploadToolkit([await artifact(), address], { HOME })).exitCode).toBe(0);
    expect(JSON.parse(received[1]?.body ?? "")).toMatchObject({ username: "ada", password: "kept" });
    expect((await uploadToolkit([await artifact(), address, "other"], { HOME })).err).toMatch(
      /Nobody can be asked here: Password of other.*\nGive the password with DVP_PASSWORD\.\n/,
    );
  });

  it("sends the password of ~/.dvp/config to no other engine than the one that is named there", async () => {
    const { address, received } = await scriptedEngine(SCRIPT);
    const elsewhere = await homeWith("engine = elsewhere.example\nuser = ada\npassword = kept");
    expect((await uploadToolkit([await artifact(), address], { HOME: elsewhere })).err).toMatch(
      /Nobody can be asked here: Password of ada/,
    );
    expect(received).toEqual([]);
    const here = await homeWith(`engine = ${address}\nuser = ada\npassword = kept`);
    expect((await uploadToolkit([await artifact(), address], { HOME: here })).exitCode).toBe(0);
    expect(JSON.parse(received[1]?.body ?? "")).toMatchObject({ username: "ada", password: "kept" });
  });

  it.each<[string, Readonly<Record<string, readonly ScriptedAnswer[]>>, number, RegExp]>([
    [
      "the engine does not speak the artifact's version",
      {
        "POST session": [
          refused({
            id: "exception.webservices.session.invalid.version",
            details: 'Invalid API version "1.7.0".',
            action: "Use a version from 1.8.0 to 1.11.0.",
          }),
        ],
      },
      1,
      /Error: The toolkit acme was built for the API 1\.7\.0, which the engine at \S+ does not know\.\nBuild .* The engine says: Use a version from 1\.8\.0 to 1\.11\.0\.\n[^]*code: PLUGIN_REFUSED/,
    ],
    [
      "the login is wrong",
      { "POST login": [refused({ id: "exception.webservices.login.failed", details: "Wrong." }, 401)] },
      5,
      /Error: Wrong\./,
    ],
    [
      "the artifact is refused, by a text",
      {
        "POST data/upload": [
          refused({ id: "exception.toolkit.cannot.update.schema", details: "It changes schemas.", action: "Keep them." }),
        ],
      },
      1,
      /Error: It changes schemas\.\nKeep them\.\n {2}code: PLUGIN_REFUSED/,
    ],
    [
      "the artifact is refused, by its members",
      { "POST data/upload": [refused({ details: { name: { type: "APIError", details: "must be shorter" } } })] },
      1,
      /Error: name: must be shorter\./,
    ],
    [
      "an engine of ours names a code",
      { "POST data/upload": [refused({ id: "exception.opendvp.plugin.invalid", details: "Broken." })] },
      1,
      /code: PLUGIN_INVALID/,
    ],
    [
      "the action fails",
      { "GET action/ACTION-9": [ok({ state: "FAILED", failureDescription: "No.", failureAction: "Try." })] },
      1,
      /Error: No\.\nTry\./,
    ],
    ["no token is given", { "POST toolkit/requestUploadToken": [ok(null)] }, 7, /gives no token for uploads/],
    [
      "it names an address for uploads elsewhere",
      { "POST toolkit/requestUploadToken": [ok({ url: "http://127.0.0.2:1/steal", token: "t" })] },
      2,
      /an address for uploads that is not its own: http:\/\/127\.0\.0\.2:1/,
    ],
    ["something else listens there", { "POST session": [{ body: "<html>" }] }, 7, /is no engine: it answers 200/],
  ])("says so where %s", async (...[, change, exitCode, expected]) => {
    const { address } = await scriptedEngine({ ...SCRIPT, ...change });
    const ran = await uploadToolkit([await artifact(), address, "admin"]);
    expect(ran.err).toMatch(expected);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.out).toBe("");
    expect(ran.err).not.toContain("s3cret");
  });

  it("tells why a job failed by the last that it said", async () => {
    const events = [{ messageDetails: "The data of VDB1 does not fit.", messageAction: "Correct it." }];
    const { address } = await scriptedEngine({
      ...SCRIPT,
      "POST data/upload": [ok(null, { action: "ACTION-9", job: "JOB-4" })],
      "GET action/ACTION-9/getJob": [ok({ jobState: "FAILED", events })],
    });
    const ran = await uploadToolkit([await artifact(), address, "admin"]);
    expect([ran.exitCode, ran.err]).toEqual([1, expect.stringContaining("Error: The data of VDB1 does not fit.\nCorrect it.")]);
  });

  it.each<[string, object | string, RegExp]>([
    ["no JSON", "{", /The artifact \S+acme\.json is no JSON: line 1: /],
    ["a plugin", { type: "Plugin", buildApi: "1.11.0" }, /The artifact \S+acme\.json is no toolkit/],
    ["without a buildApi", { type: "Toolkit" }, /acme\.json does not say which API it was built for/],
  ])("asks no engine about an artifact that is %s", async (_what, content, expected) => {
    const { address, received } = await scriptedEngine(SCRIPT);
    const ran = await uploadToolkit([await artifact(content), address, "admin"]);
    expect([ran.exitCode, ran.err]).toEqual([1, expect.stringMatching(expected)]);
    expect(received).toEqual([]);
  });

  it("ends with the documented exit codes where nothing listens, a file is absent, or an argument is missing", async () => {
    expect(await uploadToolkit([await artifact(), "127.0.0.1:49151", "admin"])).toMatchObject({
      exitCode: 7,
      err: expect.stringContaining("cannot be reached: nothing listens there."),
    });
    expect(await uploadToolkit(["/nowhere.json", "127.0.0.1:49151", "admin"])).toMatchObject({ exitCode: 2 });
    expect(await uploadToolkit(["/nowhere.json"])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("See `upload-toolkit --help`"),
    });
    expect(await uploadToolkit([await artifact(), "127.0.0.1:49151"])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("User at"),
    });
  });
});
