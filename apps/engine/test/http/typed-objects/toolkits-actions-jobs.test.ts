import { EngineError, type JsonObject } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { installAcmeToolkit } from "./acme-toolkit.ts";
import { createTypedServer, type TypedServer } from "./typed-server.ts";

interface Job {
  readonly reference: string;
  readonly jobState: string;
  readonly parentAction: string;
  readonly events: readonly { readonly messageDetails: string }[] | null;
}

async function resultOf<T>({ call }: TypedServer, path: string, cookie: string): Promise<T> {
  return (await call("GET", path, { cookie })).json<{ result: T }>().result;
}

/** Starts a job and gives its references. */
async function startJob({ engine }: TypedServer, role: "admin" | "user" = "admin") {
  const by = engine.objects.users.all.find(({ name }) => name === role);
  if (by === undefined) throw new Error("the seeded engine has such a user");
  return engine.virtualSources.stop("APPDATA_CONTAINER-2", {}, { by });
}

describe("toolkits", () => {
  it("are listed with what clients look for, shown, and deleted by an action", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    const list = await server.call("GET", "toolkit", { cookie });
    expect(list.json()).toMatchObject({ type: "ListResult", status: "OK", job: null, action: null, total: 1, overflow: false });
    const [plugin] = list.json<{ result: unknown[] }>().result;
    const identity = {
      reference: "APPDATA_TOOLKIT-1",
      namespace: null,
      name: "directory",
      identifier: "4f2f5ee8-0f4e-4a0c-b9dd-2f2f3a0f4d11",
    };
    expect(plugin).toMatchObject(identity);
    expect(await resultOf(server, "toolkit/APPDATA_TOOLKIT-1", cookie)).toEqual(plugin);
    const deleted = await server.call("POST", "toolkit/APPDATA_TOOLKIT-1/delete", { cookie, body: {} });
    const { action } = deleted.json<{ action: string }>();
    expect(await resultOf(server, `action/${action}`, cookie)).toMatchObject({ actionType: "PLUGIN_DELETE", state: "COMPLETED" });
    expect((await server.call("GET", "toolkit/APPDATA_TOOLKIT-1", { cookie })).statusCode).toBe(404);
  });

  it("of before plugins are shown as their artifact has them, in the form of the current API", async () => {
    const server = await createTypedServer();
    const reference = installAcmeToolkit(server.engine);
    const shown = await resultOf<JsonObject>(server, `toolkit/${reference}`, await server.logIn());
    expect(shown).toMatchObject({
      type: "Toolkit",
      identifier: "acme-files",
      prettyName: "Acme Files",
      displayName: "Acme Files",
      version: "1.2.0",
      language: "LUA",
      buildApi: { major: 1, minor: 11, micro: 16 },
      hostTypes: ["UNIX", "WINDOWS"],
      resources: { "lib/start.sh": "echo started" },
      messages: [{ locale: "en-us", messages: { started: "{0} has started" } }],
      discoveryDefinition: { repositoryDiscovery: 'return {{ name = "Acme" }}' },
      linkedSourceDefinition: { preSnapshot: "RunSync {}", postSnapshot: "return {}", usesGrandfatheredAppDataProperties: false },
      virtualSourceDefinition: { configure: 'return { name = "copy" }', start: "", mountSpec: null, ownershipSpec: null },
      upgradeDefinition: null,
    });
  });

  it("that become a plugin, or are deleted, while they are listed are listed as they are now", async () => {
    const server = await createTypedServer();
    const [gone, upgraded] = [installAcmeToolkit(server.engine), installAcmeToolkit(server.engine)];
    const { plugins } = server.engine.objects;
    Object.assign(server.engine.plugins, {
      toolkit: (reference: typeof gone) => {
        if (reference === gone) plugins.remove(gone);
        else plugins.set(upgraded, { kind: "PLUGIN", language: "TYPESCRIPT" });
        return Promise.reject(new EngineError("NOT_FOUND", "Its artifact is gone."));
      },
    });
    const listed = await resultOf<JsonObject[]>(server, "toolkit", await server.logIn());
    expect(listed.map(({ type, reference }) => [type, reference])).toEqual([
      ["Plugin", "APPDATA_TOOLKIT-1"],
      ["Plugin", upgraded],
    ]);
  });

  it("whose artifact cannot be read are listed as far as the catalog knows them; asked for alone, they say why", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    const [damaged, whole] = [installAcmeToolkit(server.engine), installAcmeToolkit(server.engine)];
    const [, before] = await resultOf<JsonObject[]>(server, "toolkit", cookie);
    const { toolkit } = server.engine.plugins;
    const broken = new EngineError("CATALOG_FAILED", "The stored artifact is damaged.", { action: "Upload it again." });
    Object.assign(server.engine.plugins, {
      toolkit: (reference: typeof whole) => (reference === damaged ? Promise.reject(broken) : toolkit(reference)),
    });
    const listed = await resultOf<JsonObject[]>(server, "toolkit", cookie);
    expect(listed.map(({ reference }) => reference)).toEqual(["APPDATA_TOOLKIT-1", damaged, whole]);
    expect(listed[1]).toMatchObject({ type: "Toolkit", identifier: "acme-files", version: "1.2.0", resources: {}, messages: [] });
    expect(Object.keys(listed[1] ?? {})).toEqual(Object.keys(before ?? {}));
    expect(listed[2]).toMatchObject({ resources: { "lib/start.sh": "echo started" } });
    const alone = await server.call("GET", `toolkit/${damaged}`, { cookie });
    expect(alone.json()).toMatchObject({ status: "ERROR", error: { details: "The stored artifact is damaged." } });
  });

  it.each(["GET", "POST"])("list their sources on %s", async (method) => {
    const server = await createTypedServer();
    const answer = await server.call(method, "toolkit/APPDATA_TOOLKIT-1/listAllSources", { cookie: await server.logIn("reader") });
    expect(answer.json()).toMatchObject({
      type: "ListResult",
      total: 2,
      result: [
        { type: "AppDataLinkedDirectSource", container: "APPDATA_CONTAINER-1", linked: true, virtual: false },
        { type: "AppDataVirtualSource", container: "APPDATA_CONTAINER-2", linked: false, virtual: true },
      ],
    });
    expect(answer.body).not.toContain("hidden");
  });

  it("disable all their sources, by an action that goes on until the last has ended", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    let open: (value?: unknown) => void = () => undefined;
    server.engine.jobs.gate = new Promise((resolve) => (open = resolve));
    const answer = await server.call("POST", "toolkit/APPDATA_TOOLKIT-1/disableAllSources", { cookie });
    const { action } = answer.json<{ action: string }>();
    expect(answer.json()).toMatchObject({ type: "OKResult", job: null });
    expect(server.engine.asked.map(({ what, input }) => [what, (input as unknown[])[0]])).toEqual([
      ["linkedSources.disable", "APPDATA_CONTAINER-1"],
      ["virtualSources.disable", "APPDATA_CONTAINER-2"],
    ]);
    expect(await resultOf(server, `action/${action}`, cookie)).toMatchObject({ state: "RUNNING", endTime: null });
    const listed = async (state: string) =>
      (await resultOf<JsonObject[]>(server, `action?state=${state}`, cookie)).map(({ reference }) => reference);
    expect(await listed("RUNNING")).toContain(action);
    expect(await listed("COMPLETED")).not.toContain(action);
    expect(await resultOf<unknown[]>(server, `action?parentAction=${action}`, cookie)).toMatchObject([
      { actionType: "SOURCE_DISABLE", parentAction: action },
      { actionType: "SOURCE_DISABLE", parentAction: action },
    ]);
    open();
    for (const job of await server.engine.journal.listJobs()) await server.engine.jobs.ended(job.reference);
    expect(await resultOf(server, `action/${action}`, cookie)).toMatchObject({ state: "COMPLETED", parentAction: null });
  });

  it("are disabled by an action that has failed where one of the jobs has", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    server.engine.jobs.failure = new EngineError("MOUNT_BUSY", "Somebody is in there.", { action: "Ask them to leave." });
    const { action } = (await server.call("POST", "toolkit/APPDATA_TOOLKIT-1/disableAllSources", { cookie })).json<{ action: string }>();
    for (const job of await server.engine.journal.listJobs()) await server.engine.jobs.ended(job.reference);
    const { endTime, ...failed } = await resultOf<JsonObject>(server, `action/${action}`, cookie);
    expect(failed).toMatchObject({ state: "FAILED", failureMessageCode: "exception.opendvp.mount.busy" });
    expect(endTime).not.toBeNull();
  });

  it("of which one cannot be disabled have the others disabled, and an action that has failed", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    const disable = () => Promise.reject(new EngineError("STATE_UNSUITABLE", "Not now."));
    Object.assign(server.engine, { linkedSources: { ...server.engine.linkedSources, disable } });
    const answer = await server.call("POST", "toolkit/APPDATA_TOOLKIT-1/disableAllSources", { cookie });
    expect(answer.json()).toMatchObject({ status: "ERROR", error: { id: "exception.opendvp.state.unsuitable" } });
    for (const job of await server.engine.journal.listJobs()) await server.engine.jobs.ended(job.reference);
    const failed = await resultOf<JsonObject[]>(server, "action?state=FAILED", cookie);
    expect(failed).toMatchObject([
      { actionType: "SOURCE_DISABLE", title: "Disable payroll", parentAction: failed[1]?.["reference"] },
      { actionType: "PLUGIN_DISABLE_ALL_SOURCES", parentAction: null },
    ]);
  });

  it("that have one source to disable answer with its job, and with none are done at once", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    const disable = () => server.call("POST", "toolkit/APPDATA_TOOLKIT-1/disableAllSources", { cookie });
    server.engine.objects.datasets.set("APPDATA_CONTAINER-1", { wantedState: "DISABLED" });
    expect((await disable()).json()).toMatchObject({ job: "JOB-1" });
    server.engine.objects.datasets.set("APPDATA_CONTAINER-2", { wantedState: "DISABLED" });
    const { action } = (await disable()).json<{ action: string }>();
    expect(await resultOf(server, `action/${action}`, cookie)).toMatchObject({ state: "COMPLETED" });
  });
});

describe("actions and jobs", () => {
  it("lead to each other, and a job that failed says why last", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    server.engine.jobs.failure = new EngineError("PLUGIN_USER_ERROR", "Stop it by hand.", { action: "Do so.", details: { output: "out" } });
    const { action, job } = await startJob(server);
    await server.engine.jobs.ended(job);
    const shown = await resultOf<Job>(server, `action/${action}/getJob`, cookie);
    expect(shown).toMatchObject({ type: "Job", reference: job, parentAction: action, jobState: "FAILED", targetName: "Untitled/vdb1" });
    expect(shown.events?.at(-1)).toMatchObject({
      type: "JobEvent",
      eventType: "ERROR",
      messageCode: "exception.opendvp.plugin.user.error",
      messageDetails: "Stop it by hand.",
      messageAction: "Do so.",
      messageCommandOutput: "out",
    });
    expect(await resultOf(server, `job/${job}`, cookie)).toEqual(shown);
    expect(await resultOf(server, `action/${action}`, cookie)).toMatchObject({ reference: action, failureDescription: "Stop it by hand." });
  });

  it("are listed newest first, by pages, states, targets and times", async () => {
    const server = await createTypedServer();
    const cookie = await server.logIn();
    for (let count = 0; count < 5; count++) await server.engine.jobs.ended((await startJob(server)).job);
    const references = async (query: string) => (await resultOf<Job[]>(server, `job?${query}`, cookie)).map(({ reference }) => reference);
    expect(await references("pageSize=2&pageOffset=0")).toEqual(["JOB-5", "JOB-4"]);
    expect(await references("pageSize=2&pageOffset=2&addEvents=true")).toEqual(["JOB-1"]);
    expect(await references("pageSize=5000&pageOffset=0&jobState=COMPLETED")).toHaveLength(5);
    expect(await references("jobState=SUSPENDED")).toEqual([]);
    expect(await references("target=APPDATA_CONTAINER-1")).toEqual([]);
    expect(await references("target=APPDATA_CONTAINER-2&fromDate=2020-01-01T00:00:00.000Z")).toHaveLength(5);
    expect(await references("toDate=2020-01-01T00:00:00.000Z")).toEqual([]);
    const [job] = await resultOf<Job[]>(server, "job?pageSize=1", cookie);
    expect(job?.events).toBeNull();
    const [told] = await resultOf<Job[]>(server, "job?pageSize=1&addEvents=true", cookie);
    expect(told?.events?.map(({ messageDetails }) => messageDetails)).toEqual([
      'SOURCE_STOP job started for "Untitled/vdb1".',
      "stop vdb1 begins",
      "stop vdb1 ends",
      'SOURCE_STOP job for "Untitled/vdb1" completed successfully.',
    ]);
    const list = await server.call("GET", "action?pageSize=2", { cookie });
    expect(list.json()).toMatchObject({
      type: "ListResult",
      total: 6,
      result: [{ actionType: "SOURCE_STOP" }, { actionType: "SOURCE_STOP" }],
    });
    expect(await resultOf(server, "action?parentAction=ACTION-1", cookie)).toEqual([]);
  });

  it("are cancelled by who may, with an action of its own", async () => {
    const server = await createTypedServer();
    const [admin, reader, user] = [await server.logIn(), await server.logIn("reader"), await server.logIn("user")];
    let open: (value?: unknown) => void = () => undefined;
    server.engine.jobs.gate = new Promise((resolve) => (open = resolve));
    const { job } = await startJob(server);
    const refused = await server.call("POST", `job/${job}/cancel`, { cookie: reader });
    expect([refused.statusCode, refused.json()]).toMatchObject([200, { error: { id: "exception.opendvp.not.allowed" } }]);
    // vdb1 is theirs.
    const answer = await server.call("POST", `job/${job}/cancel`, { cookie: user });
    const { action } = answer.json<{ action: string }>();
    expect(await resultOf(server, `action/${action}`, user)).toMatchObject({ actionType: "JOB_CANCEL", state: "COMPLETED" });
    open();
    await server.engine.jobs.ended(job);
    expect(await resultOf(server, `job/${job}`, admin)).toMatchObject({ jobState: "CANCELED", cancelable: false });
    const late = await server.call("POST", `job/${job}/cancel`, { cookie: admin });
    expect([late.statusCode, late.json()]).toMatchObject([200, { error: { id: "exception.opendvp.cancel.too.late" } }]);
  });

  it("of others are not shown to users and readers, their own are", async () => {
    const server = await createTypedServer();
    const [admin, user] = [await server.logIn(), await server.logIn("user")];
    const theirs = await startJob(server);
    await server.engine.jobs.ended(theirs.job);
    const own = await startJob(server, "user");
    expect((await server.call("GET", `action/${theirs.action}`, { cookie: user })).statusCode).toBe(403);
    expect((await server.call("GET", `action/${theirs.action}/getJob`, { cookie: user })).statusCode).toBe(403);
    expect((await server.call("GET", `action/${own.action}`, { cookie: user })).statusCode).toBe(200);
    const shown = await resultOf<{ reference: string; workSourceName: string }[]>(server, "action", user);
    expect(shown[0]?.reference).toBe(own.action);
    expect(new Set(shown.map(({ workSourceName }) => workSourceName))).toEqual(new Set(["user"]));
    expect((await resultOf<unknown[]>(server, "action", admin)).length).toBeGreaterThan(shown.length);
  });
});
