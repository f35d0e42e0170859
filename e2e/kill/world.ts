import { readFileSync } from "node:fs";
import { appendFile, mkdir, readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { waitForJob } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import type { HeldEngine } from "./held-engine-handle.ts";

export const ENVIRONMENT = "host";
export const PARENT = "parent";

/** What all scenarios of a run share: the engine, a directory tree as the source, and a dSource with two snapshots of it. */
export class World {
  readonly engine: HeldEngine;
  readonly directory: string;
  readonly user: string;
  #repository = "";
  #source = "";
  #first = "";
  #second = "";

  constructor(engine: HeldEngine, directory: string, user: string) {
    this.engine = engine;
    this.directory = directory;
    this.user = user;
  }

  get client(): HeldEngine["client"] {
    return this.engine.client;
  }

  get repository(): string {
    return this.#repository;
  }

  /** The source as it is from `secondSnapshot` on. */
  get source(): string {
    return this.#source;
  }

  get firstSnapshot(): string {
    return this.#first;
  }

  get secondSnapshot(): string {
    return this.#second;
  }

  async setUp(artifactFile: string): Promise<void> {
    const { client } = this;
    await mkdir(this.sourceDirectory, { recursive: true });
    await writeFile(join(this.sourceDirectory, "version"), "1");
    await client.plugins.upload({ body: readFileSync(artifactFile) });
    await this.done(client.environments.create({ body: { name: ENVIRONMENT, hostname: "localhost", username: this.user } }));
    const { items } = await client.repositories.list();
    this.#repository = items[0]?.id ?? "";
    this.#source = await this.addSource("source");
    await this.done(
      client.dsources.linkAppdata({ body: { name: PARENT, source_id: this.#source, parameters: { mountPath: this.path(PARENT) } } }),
    );
    await writeFile(join(this.sourceDirectory, "version"), "2");
    await this.done(client.dsources.sync({ params: { dsourceId: PARENT }, body: { allow_stop: true } }));
    const snapshots = (await client.dsources.listSnapshots({ params: { dsourceId: PARENT } })).items.map(({ id }) => id);
    snapshots.sort((a, b) => serial(a) - serial(b));
    [this.#first = "", this.#second = ""] = snapshots;
  }

  get sourceDirectory(): string {
    return join(this.directory, "source");
  }

  path(name: string): string {
    return join(this.directory, "mounts", name);
  }

  async addSource(name: string): Promise<string> {
    const body = { repository_id: this.#repository, parameters: { name, path: this.sourceDirectory } };
    return (await this.client.sources.add({ body })).source_id;
  }

  /** Provisions a VDB from the first snapshot and writes a file into it that only it has. */
  async vdb(name: string, parameters: Record<string, string> = {}): Promise<void> {
    await this.done(this.provision(name, this.#first, parameters));
    await this.idle(name);
    await appendFile(join(this.path(name), "mine"), "before");
  }

  /** Asks for a VDB of a snapshot. */
  provision(name: string, snapshot: string, parameters: Record<string, string> = {}): Promise<{ readonly job: Job }> {
    return this.client.vdbs.provisionBySnapshot({
      body: {
        name,
        snapshot_id: snapshot,
        repository_id: this.#repository,
        appdata_source_params: { mountPath: this.path(name), ...parameters },
      },
    });
  }

  content(name: string, file: string): Promise<string | undefined> {
    return readFile(join(this.path(name), file), "utf8").catch(() => undefined);
  }

  /** The job of an answer, when it has ended; it must have succeeded. */
  async done(answer: Promise<{ readonly job: Job }>): Promise<Job> {
    const job = await this.ended((await answer).job.id);
    if (job.status !== "COMPLETED") throw new Error(`${job.id} (${job.localized_type}) ended as ${job.status}: ${job.error_details ?? ""}`);
    return job;
  }

  ended(job: string): Promise<Job> {
    return waitForJob(this.client, job);
  }

  /** Resolves when no job is about the object of this name: what follows a job may still be at work. */
  async idle(name: string): Promise<void> {
    for (;;) {
      const { items } = await this.client.jobs.search({
        body: { filter_expression: `target_name EQ '${name}' AND (status EQ 'STARTED' OR status EQ 'PENDING')` },
      });
      const [busy] = items;
      if (busy === undefined) return;
      await this.ended(busy.id);
    }
  }

  /** The last job of a workflow about the object of this name. */
  async latestJob(workflow: string, name: string): Promise<Job> {
    const { items } = await this.client.jobs.search({ body: { filter_expression: `target_name EQ '${name}' AND type EQ '${workflow}'` } });
    const [job] = [...items].sort((a, b) => serial(b.id) - serial(a.id));
    if (job === undefined) throw new Error(`There was no ${workflow} of ${name}.`);
    return job;
  }

  /** The latest snapshot of a VDB that copies can be made of, once it is prepared or has failed to be. */
  async latestSnapshot(name: string): Promise<string> {
    const { current_timeflow_id: timeflow } = await this.client.vdbs.show({ params: { vdbId: name } });
    const { items } = await this.client.vdbs.listSnapshots({ params: { vdbId: name } });
    const own = items
      .filter(({ timeflow_id: id, is_provisionable: isUsable }) => id === timeflow && isUsable)
      .sort((a, b) => serial(a.id) - serial(b.id));
    return own.at(-1)?.id ?? "";
  }

  async exists(name: string): Promise<boolean> {
    const { items } = await this.client.vdbs.search({ body: { filter_expression: `name EQ '${name}'` } });
    return items.length > 0;
  }

  /** Whether the process that the plugin keeps in a dataset's directory is there. */
  async isAlive(name: string): Promise<boolean> {
    const pid = (await this.content(name, ".pid"))?.trim() ?? "";
    const directory = pid === "" ? "" : await readlink(`/proc/${pid}/cwd`).catch(() => "");
    return directory === this.path(name);
  }
}

function serial(reference: string): number {
  return Number(reference.slice(reference.lastIndexOf("-") + 1));
}
