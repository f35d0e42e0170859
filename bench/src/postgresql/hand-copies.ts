import { join } from "node:path";
import { freePort, type Cluster } from "@opendvp/testkit";
import { quoted } from "../by-hand/hand-shell.ts";
import type { BenchEngine } from "../harness/bench-engine.ts";
import { asking, asPostgresUser, runCommand } from "./programs.ts";

const BASE = "postgresql";

/** Copies of a cleanly stopped cluster, made and started by hand: the least that a copy of a database can cost. */
export class HandCopies {
  readonly #bench: BenchEngine;
  readonly #bin: string;

  private constructor(bench: BenchEngine, bin: string) {
    this.#bench = bench;
    this.#bin = bin;
  }

  /** Puts the files of the source, which is stopped for that, into a snapshot of the pool. */
  static async make(bench: BenchEngine, bin: string, source: Cluster): Promise<HandCopies> {
    const { hand, shell } = bench;
    await source.stop();
    const copy = `cp -a ${quoted(source.dataDirectory)} ${quoted(join(hand.pathOf(BASE), "data"))}`;
    await shell.run([hand.create(BASE), copy, hand.snapshot(BASE, "stopped")]);
    await source.start();
    return new HandCopies(bench, bin);
  }

  /** Clone, mount, start, first answer; gives the milliseconds. The copy is gone afterwards. */
  async copy(name: string): Promise<number> {
    const { engine, hand, shell } = this.#bench;
    const [mountPath, port] = [join(engine.directory, "by-hand", name), await freePort()];
    const data = join(mountPath, "data");
    const control = (...args: readonly string[]): string => asPostgresUser(this.#bin, "pg_ctl", ["-D", data, "-w", ...args]);
    const options = `-p ${port} -k ${data} -c listen_addresses=`;
    const tookMs = await shell.run([
      hand.clone(hand.snapshotPathOf(BASE, "stopped"), name),
      `mkdir -p ${quoted(mountPath)}`,
      `mount --bind ${quoted(hand.pathOf(name))} ${quoted(mountPath)}`,
      control("-l", join(data, "log"), "-o", options, "start"),
      asking(this.#bin, { socketDirectory: data, port }, "select count(*) from pgbench_branches"),
    ]);
    await runCommand(`${control("-m", "immediate", "stop")} && umount ${quoted(mountPath)}`);
    return tookMs;
  }
}
