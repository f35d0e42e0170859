import { readFileSync } from "node:fs";
import { join } from "node:path";
import { waitForJob } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import type { JsonObject } from "@opendvp/model";
import { findUsersOf } from "@opendvp/subprocess";
import type { Content, DatasetKind } from "./dataset-kind.ts";
import type { HeldEngine } from "./held-engine-handle.ts";

export const ENVIRONMENT = "host";
export const PARENT = "parent";

/** What all scenarios of a run share: the engine, a source of the kind of datasets, and a dSource with two snapshots of it. */
export class World {
  readonly engine: HeldEngine;
  readonly datasets: DatasetKind;
  readonly directory: string;
  readonly user: string;
  #repository = "";
  #repositories = 0;
  #source = "";
  #first = "";
  #second = "";

  constructor(engine: HeldEngine, { datasets, directory, user }: Pick<World, "datasets" | "directory" | "user">) {
    this.engine = engine;
    this.datasets = datasets;
    this.directory = directory;
    this.user = user;
  }

  get client(): HeldEngine["client"] {
    return this.engine.client;
  }

  get repository(): string {
    return this.#repository;
  }

  /** How many of them discovery finds on this machine. */
  get repositories(): number {
    return this.#repositories;
  }

  /** Of the source in version 1. */
  get firstSnapshot(): string {
    return this.#first;
  }

  /** Of the source in version 2, in which it stays. */
  get secondSnapshot(): string {
    return this.#second;
  }

  async setUp(artifactFile: string): Promise<void> {
    const { client } = this;
    await this.datasets.makeSource();
    await client.plugins.upload({ body: readFileSync(artifactFile) });
    await this.done(client.environments.create({ body: { name: ENVIRONMENT, hostname: "localhost", username: this.user } }));
    const { items } = await client.repositories.list();
    this.#repository = items[0]?.id ?? "";
    this.#repositories = items.length;
    const body = { repository_id: this.#repository, parameters: this.datasets.sourceParameters("source") };
    this.#source = (await client.sources.add({ body })).source_id;
    await this.done(this.link(PARENT));
    await this.datasets.changeSource("2");
    await this.done(client.dsources.sync({ params: { dsourceId: PARENT }, body: { allow_stop: true } }));
    const snapshots = (await client.dsources.listSnapshots({ params: { dsourceId: PARENT } })).items.map(({ id }) => id);
    snapshots.sort((a, b) => serial(a) - serial(b));
    [this.#first = "", this.#second = ""] = snapshots;
  }

  path(name: string): string {
    return join(this.directory, "mounts", name);
  }

  /** Asks for a dSource of the source. */
  link(name: string): Promise<{ readonly job: Job }> {
    const parameters = this.datasets.linkParameters(this.path(name));
    return this.client.dsources.linkAppdata({ body: { name, source_id: this.#source, parameters } });
  }

  /** Provisions a VDB from the first snapshot and writes into it what only it has. */
  async vdb(name: string, parameters: JsonObject = {}): Promise<void> {
    await this.done(this.provision(name, this.#first, parameters));
    await this.idle(name);
    await this.write(name, { mine: "before" });
  }

  /** Asks for a VDB of a snapshot. */
  provision(name: string, snapshot: string, parameters: JsonObject = {}): Promise<{ readonly job: Job }> {
    return this.client.vdbs.provisionBySnapshot({ body: { ...this.newVdb(name, parameters), snapshot_id: snapshot } });
  }

  /** What every request for a new VDB says. */
  newVdb(name: string, parameters: JsonObject = {}) {
    const all = { ...this.datasets.copyParameters(name, this.path(name)), ...parameters };
    return { name, repository_id: this.#repository, appdata_source_params: all };
  }

  /** What the dataset holds that is mounted at the place of this name. */
  read(name: string): Promise<Content> {
    return this.datasets.read(this.path(name));
  }

  write(name: string, content: Partial<Content>): Promise<void> {
    return this.datasets.write(this.path(name), content);
  }

  /** Ends what the plugin keeps running for a dataset, as a crash would. */
  endProcess(name: string): Promise<void> {
    return this.datasets.endProcess(this.path(name));
  }

  /** The job of an answer, when it has ended; it must have succeeded. */
  async done(answer: Promise<{ readonly job: Job }>): Promise<Job> {
    const job = await this.ended((await answer).job.id);
    if (job.status !== "COMPLETED") throw new Error(`${job.id} (${job.localized_type}) ended as ${job.status}: ${job.error_details ?? ""}`);
    return job;
  }

  /** As `done`, and nothing was given up on the way. */
  async doneWhole(answer: Promise<{ readonly job: Job }>): Promise<void> {
    const { id } = await this.done(answer);
    const { warning_count: warnings, localized_type: what, events } = await this.client.jobs.show({ params: { jobId: id } });
    if (warnings > 0) throw new Error(`${id} (${what}) was done with warnings: ${JSON.stringify(events)}`);
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

  /** Whether what the plugin keeps running for a dataset works at the place of this name. */
  isAlive(name: string): Promise<boolean> {
    return this.datasets.isAlive(this.path(name));
  }

  /** What must not be there when all that scenarios have made is deleted. */
  async leftovers(): Promise<readonly string[]> {
    const own = new Set(await findUsersOf(this.path(PARENT)));
    const others = (await findUsersOf(join(this.directory, "mounts"))).filter((pid) => !own.has(pid));
    return [...others.map((pid) => `the process ${pid}`), ...(await this.datasets.leftovers())];
  }
}

function serial(reference: string): number {
  return Number(reference.slice(reference.lastIndexOf("-") + 1));
}
