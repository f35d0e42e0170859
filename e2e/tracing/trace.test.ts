import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JobTrace, TraceSpan } from "@opendvp/contract";
import { createClient } from "@opendvp/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installPlugin, isRoot, startEngineUnderTest, type EngineUnderTest, type InstalledPlugin } from "../engine-under-test/index.ts";

const SECRET = "a secret of the hook";

describe.skipIf(!isRoot)("the trace of a job (needs root)", () => {
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;

  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:1G" });
    plugin = await installPlugin(engine, "directory");
    await mkdir(join(engine.directory, "source"));
    await writeFile(join(engine.directory, "source", "file"), "content");
    const source = await plugin.addSource(join(engine.directory, "source"));
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: source } }));
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const provision = (name: string, command?: string) =>
    engine.run(
      engine.client.vdbs.provisionBySnapshot({
        body: {
          name,
          source_data_id: "tree",
          repository_id: plugin.repository,
          appdata_source_params: { mountPath: join(engine.directory, "copies", name) },
          ...(command === undefined ? {} : { configure_clone: [{ name: "hook", command }] }),
        },
      }),
    );
  const traceOf = (jobId: string): Promise<JobTrace> => engine.client.jobs.trace({ params: { jobId } });
  const within = ({ spans }: JobTrace, id: number): readonly TraceSpan[] => {
    const parts = spans.filter(({ parent_id }) => parent_id === id);
    return parts.flatMap((part) => [part, ...within({ spans } as JobTrace, part.id)]);
  };
  const partsOf = (trace: JobTrace, step: string): readonly string[] => {
    const found = trace.spans.find(({ kind, name }) => kind === "step" && name === step);
    return found === undefined ? [] : within(trace, found.id).map(({ kind, name }) => `${kind} ${name}`);
  };

  it("shows what each step asked of storage, plugin, host and catalog, and the programs that ran", async () => {
    const { job } = await provision("one");
    const trace = await traceOf(job.id);
    expect(trace).toMatchObject({ job_id: job.id, dropped_spans: 0 });
    expect(trace.spans.filter(({ parent_id }) => parent_id === null).map(({ kind }) => kind)).toEqual(["asking", "job"]);
    expect(partsOf(trace, "clone snapshot")).toEqual(expect.arrayContaining(["storage clone", "process btrfs"]));
    expect(partsOf(trace, "mount one")).toEqual(expect.arrayContaining(["storage makeReachable", "process sh"]));
    expect(partsOf(trace, "ask where to mount")).toEqual(expect.arrayContaining(["plugin virtual.mountSpecification"]));
    expect(partsOf(trace, "post-snapshot")).toEqual(expect.arrayContaining(["plugin virtual.postSnapshot"]));
    expect(trace.spans.filter(({ kind, name }) => kind === "catalog" && name === "transaction").length).toBeGreaterThan(5);
  });

  it("accounts for all of the time, once", async () => {
    const trace = await traceOf((await provision("two")).job.id);
    for (const { start_ms: startMs, duration_ms: durationMs } of trace.spans) {
      expect(startMs).toBeGreaterThanOrEqual(0);
      expect(startMs + (durationMs ?? Number.NaN)).toBeLessThanOrEqual(trace.duration_ms + 0.01);
    }
    const own = trace.totals.reduce((sum, { own_ms: ms }) => sum + ms, 0);
    expect(own).toBeGreaterThan(0.8 * trace.duration_ms);
    expect(own).toBeLessThan(1.05 * trace.duration_ms);
  });

  it("counts what a plugin asks for to the job that called it, whatever job started the plugin's process", async () => {
    const jobs = await Promise.all(["three", "four", "five"].map((name) => provision(name)));
    const parts = await Promise.all(jobs.map(async ({ job }) => partsOf(await traceOf(job.id), "post-snapshot")));
    // One of them may have had to start another process of the plugin.
    const calls = parts.map((each) => each.filter((part) => !part.startsWith("process ")).join());
    expect(new Set(calls)).toHaveLength(1);
    expect(calls[0]).toContain("plugin virtual.postSnapshot");
  });

  it("tells no command, no argument and no secret", async () => {
    const text = JSON.stringify(await traceOf((await provision("six", `: '${SECRET}'`)).job.id));
    expect(text).toContain('"kind":"host","name":"run"');
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(engine.directory);
  });

  it("is open to readers, and says so where there is none", async () => {
    await expect(traceOf("JOB-999")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(createClient({ address: engine.client.address }).jobs.trace({ params: { jobId: "JOB-1" } })).rejects.toMatchObject({
      code: "NOT_LOGGED_IN",
    });
    await engine.restart();
    await expect(traceOf("JOB-1")).rejects.toMatchObject({ code: "NOT_FOUND", action: expect.stringContaining("last 200 jobs") as string });
  });
});
