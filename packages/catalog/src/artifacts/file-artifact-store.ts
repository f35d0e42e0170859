import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ArtifactStore } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { DEFAULT_ARTIFACT_LIMITS, type ArtifactLimits } from "./artifact-limits.ts";
import { DRAFT_PREFIX, ignoreAbsent, syncDirectory, writeFileDurably, writeTreeDurably } from "./durable-files.ts";
import { sourceTreeOf } from "./source-tree-of.ts";
import { treeMatches } from "./tree-matches.ts";
import { whereThereIsRoom } from "./where-there-is-room.ts";

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Artifacts as files of one directory: `<sha256>.json`, and `unpacked/<sha256>/` with the source code of each.
 * The artifact is the truth, the unpacked tree only its shadow: it is compared byte by byte at its first use in a
 * process, and after that again whenever its top directory has changed.
 */
export class FileArtifactStore implements ArtifactStore {
  readonly #directory: string;
  readonly #unpackedDirectory: string;
  readonly #limits: ArtifactLimits;
  /** The top directory of each tree as it was when the tree was last seen whole. */
  readonly #seenWhole = new Map<string, string>();
  readonly #unpacking = new Map<string, Promise<string>>();

  private constructor(directory: string, limits: ArtifactLimits) {
    this.#directory = directory;
    this.#unpackedDirectory = join(directory, "unpacked");
    this.#limits = limits;
  }

  /** Opens a store, makes its directories where they are not there, and removes what a crash left half made. */
  static async open(directory: string, limits: Partial<ArtifactLimits> = {}): Promise<FileArtifactStore> {
    const store = new FileArtifactStore(directory, { ...DEFAULT_ARTIFACT_LIMITS, ...limits });
    for (const each of [store.#directory, store.#unpackedDirectory]) {
      await mkdir(each, { recursive: true });
      await chmod(each, 0o755);
      const drafts = (await readdir(each)).filter((name) => name.startsWith(DRAFT_PREFIX));
      // Nobody reads them: one that stays goes another time.
      for (const draft of drafts) await rm(join(each, draft), { recursive: true, force: true }).catch(() => undefined);
    }
    await syncDirectory(directory);
    return store;
  }

  async put(artifact: Uint8Array): Promise<string> {
    if (artifact.length > this.#limits.artifactBytes) {
      throw new EngineError("TOO_LARGE", `The artifact has ${artifact.length} bytes, more than ${this.#limits.artifactBytes}.`, {
        action: "Leave out of the plugin's source directory what it does not need.",
        details: { limitBytes: this.#limits.artifactBytes },
      });
    }
    const sha256 = sha256Of(artifact);
    const stored = await readFile(this.#fileOf(sha256)).catch(() => undefined);
    if (stored === undefined || sha256Of(stored) !== sha256) {
      await whereThereIsRoom(this.#directory, () => writeFileDurably(this.#fileOf(sha256), artifact, 0o600));
    }
    return sha256;
  }

  async get(sha256: string): Promise<Uint8Array | undefined> {
    if (!SHA256.test(sha256)) return undefined;
    const artifact = await readFile(this.#fileOf(sha256))
      .catch(ignoreAbsent)
      .catch((error: unknown) => {
        throw this.#damaged(sha256, `cannot be read (${EngineError.from(error).message})`);
      });
    if (artifact !== undefined && sha256Of(artifact) !== sha256) throw this.#damaged(sha256, "is damaged");
    return artifact;
  }

  async unpacked(sha256: string): Promise<string> {
    const underWay = this.#unpacking.get(sha256);
    if (underWay !== undefined) return underWay;
    const unpacking = this.#unpackedNow(sha256).finally(() => this.#unpacking.delete(sha256));
    this.#unpacking.set(sha256, unpacking);
    return unpacking;
  }

  async list(): Promise<readonly string[]> {
    const files = (await readdir(this.#directory)).filter((name) => name.endsWith(".json"));
    const trees = await readdir(this.#unpackedDirectory);
    return [...new Set([...files.map((name) => name.slice(0, -".json".length)), ...trees])].filter((name) => SHA256.test(name));
  }

  /** The artifact goes first, so that nobody unpacks it again; the tree that a crash leaves then is listed still. */
  async remove(sha256: string): Promise<void> {
    if (!SHA256.test(sha256)) return;
    await this.#unpacking.get(sha256)?.catch(() => undefined);
    this.#seenWhole.delete(sha256);
    await rm(this.#fileOf(sha256), { force: true });
    await syncDirectory(this.#directory);
    await rm(join(this.#unpackedDirectory, sha256), { recursive: true, force: true });
  }

  async #unpackedNow(sha256: string): Promise<string> {
    const path = join(this.#unpackedDirectory, sha256);
    const seen = this.#seenWhole.get(sha256);
    if (seen !== undefined && seen === (await fingerprint(path))) return path;
    const artifact = await this.get(sha256);
    if (artifact === undefined) {
      throw new EngineError("NOT_FOUND", `There is no artifact ${sha256}.`, { action: "Upload the plugin again.", details: { sha256 } });
    }
    const tree = sourceTreeOf(artifact, this.#limits);
    if (!(await treeMatches(path, tree))) await whereThereIsRoom(this.#unpackedDirectory, () => writeTreeDurably(path, tree));
    this.#seenWhole.set(sha256, await fingerprint(path));
    return path;
  }

  #damaged(sha256: string, how: string): EngineError {
    return new EngineError("CATALOG_FAILED", `The stored artifact ${this.#fileOf(sha256)} ${how}.`, {
      action: "Upload the same artifact again: it takes the damaged one's place.",
      details: { sha256 },
    });
  }

  #fileOf(sha256: string): string {
    return join(this.#directory, `${sha256}.json`);
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function fingerprint(path: string): Promise<string> {
  const facts = await lstat(path, { bigint: true }).catch(ignoreAbsent);
  return facts === undefined ? "absent" : `${facts.ino}:${facts.mtimeNs}:${facts.mode}`;
}
