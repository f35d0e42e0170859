import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTypedServer, type TypedServer } from "./typed-server.ts";

const BUNDLE = { type: "SupportBundleGenerateParameters", bundleType: "PLUGIN_LOG", plugin: "APPDATA_TOOLKIT-1" };

function generate({ call }: TypedServer, cookie: string, body: unknown = BUNDLE) {
  return call("POST", "service/support/bundle/generate", { cookie, body });
}

describe("the logs of a plugin", () => {
  it("are handed out for a token, in the folders of a support bundle, once", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn("operator");
    const answer = await generate(server, cookie);
    const { result: token, action } = answer.json<{ result: string; action: string }>();
    expect(answer.json()).toEqual({ type: "DataResult", status: "OK", result: token, job: null, action });
    expect(server.engine.objects.actions.all.find(({ reference }) => reference === action)).toMatchObject({
      title: "Hand out the logs of plugin directory",
      user: "operator",
    });
    const path = `data/downloadOutputStream?token=${token}`;
    const file = await server.call("GET", path, { cookie });
    expect([file.statusCode, file.headers["content-type"]]).toEqual([200, "application/octet-stream"]);
    const directory = await mkdtemp(join(tmpdir(), "dvp-logs-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    await writeFile(join(directory, "logs.tar.gz"), file.rawPayload);
    execFileSync("tar", ["-xzf", "logs.tar.gz"], { cwd: directory });
    expect(await readFile(join(directory, "log/mgmt_log/plugin_log/directory/info.log"), "utf8")).toBe("[Worker-1] a line\n");
    // All three of them, those that are empty as well.
    for (const name of ["debug.log", "error.log"])
      expect(await readFile(join(directory, "log/mgmt_log/plugin_log/directory", name), "utf8")).toBe("");
    expect((await server.call("GET", path, { cookie })).statusCode).toBe(404);
  });

  it("are handed out to a client that formats the token as Python's bytes", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    const { result: token } = (await generate(server, cookie)).json<{ result: string }>();
    expect((await server.call("GET", `data/downloadOutputStream?token=b'${token}'`, { cookie })).statusCode).toBe(200);
  });

  it("are not handed out in another session, where the token stays good for its own", async () => {
    const server = await createTypedServer();
    const [cookie, other] = [await server.logIn(), await server.logIn()];
    const { result: token } = (await generate(server, cookie)).json<{ result: string }>();
    const path = `data/downloadOutputStream?token=${token}`;
    const refused = await server.call("GET", path, { cookie: other });
    expect([refused.statusCode, refused.json()]).toMatchObject([404, { type: "ErrorResult", error: { type: "APIError" } }]);
    expect((await server.call("GET", path)).statusCode).toBe(403);
    expect((await server.call("GET", path, { cookie })).statusCode).toBe(200);
  });

  it.each([
    ["data/downloadOutputStream", 400],
    ["data/downloadOutputStream?token=", 404],
    ["data/downloadOutputStream?token=a&token=b", 400],
    [`data/downloadOutputStream?token=${"x".repeat(5_000)}`, 404],
  ])("are not handed out at %s", async (path, status) => {
    const server = await createTypedServer();
    const answer = await server.call("GET", path, { cookie: await server.logIn() });
    expect([answer.statusCode, answer.json()]).toMatchObject([status, { type: "ErrorResult", status: "ERROR" }]);
  });

  it.each<[string, unknown]>([
    ["of another type", { ...BUNDLE, bundleType: "MASKING" }],
    ["of no type", { type: BUNDLE.type, plugin: BUNDLE.plugin }],
    ["of no plugin", { type: BUNDLE.type, bundleType: "PLUGIN_LOG" }],
    ["of a plugin that is not there", { ...BUNDLE, plugin: "APPDATA_TOOLKIT-99" }],
    ["of no text", { ...BUNDLE, plugin: 1 }],
    ["of something else", { ...BUNDLE, type: "LoginRequest" }],
    ["of nothing", {}],
  ])("are not bundled for a request %s", async (_what, body) => {
    const server = await createTypedServer();
    const answer = await generate(server, await server.logIn(), body);
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { type: "ErrorResult", status: "ERROR" }]);
    expect(server.engine.objects.actions.all.map(({ operation }) => operation)).toEqual(["login"]);
  });

  it("are not for users and readers", async () => {
    const server = await createTypedServer();
    for (const role of ["user", "reader"] as const)
      expect((await generate(server, await server.logIn(role))).json()).toMatchObject({ error: { id: "exception.opendvp.not.allowed" } });
  });
});
