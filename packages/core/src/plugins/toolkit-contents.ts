import { EngineError, parseToolkitArtifact, readArtifact, type Reference, type ToolkitArtifact } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { Plugin } from "../entities/plugin.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { CatalogReads } from "../ports/catalog.ts";

export interface ToolkitContentParts {
  readonly objects: CatalogReads;
  readonly artifacts: Pick<ArtifactStore, "get">;
}

/** What is kept takes about as much memory as its artifacts have bytes. */
const KEPT_BYTES = 16 * 1024 * 1024;

interface Kept {
  readonly content: ToolkitArtifact;
  readonly sizeBytes: number;
}

/** What installed toolkits are made of. Each artifact is read and translated once, as long as what was asked for last has room. */
export class ToolkitContents {
  readonly #parts: ToolkitContentParts;
  readonly #keptBytes: number;
  /** By artifact, which never changes; what was asked for last comes last. */
  readonly #kept = new Map<string, Kept>();

  constructor(parts: ToolkitContentParts, keptBytes = KEPT_BYTES) {
    this.#parts = parts;
    this.#keptBytes = keptBytes;
  }

  /** @throws EngineError `NOT_FOUND`; `UNSUPPORTED` for a plugin; `CATALOG_FAILED` where its artifact is damaged */
  async of(reference: Reference<"APPDATA_TOOLKIT">): Promise<ToolkitArtifact> {
    const asked = await this.#toolkit(reference);
    const content = await this.#contentOf(asked.artifact);
    if (content !== undefined) return content;
    // It is being upgraded, perhaps to a plugin.
    const { name, artifact } = await this.#toolkit(reference);
    const upgraded = await this.#contentOf(artifact);
    if (upgraded !== undefined) return upgraded;
    throw new EngineError("CATALOG_FAILED", `The artifact of toolkit ${name} is gone from the engine's data directory.`, {
      action: "Upload the same artifact again.",
      details: { sha256: artifact },
    });
  }

  async #toolkit(reference: Reference<"APPDATA_TOOLKIT">): Promise<Plugin> {
    const plugin = found(await this.#parts.objects.plugins.find(reference), reference);
    if (plugin.kind === "TOOLKIT") return plugin;
    throw new EngineError("UNSUPPORTED", `${plugin.name} is a plugin, not a toolkit.`, { action: "Only toolkits have scripts to show." });
  }

  async #contentOf(sha256: string): Promise<ToolkitArtifact | undefined> {
    const known = this.#kept.get(sha256);
    if (known !== undefined) {
      this.#keep(sha256, known);
      return known.content;
    }
    const artifact = await this.#parts.artifacts.get(sha256);
    if (artifact === undefined) return undefined;
    const content = parseToolkitArtifact(readArtifact(artifact)).artifact;
    this.#keep(sha256, { content, sizeBytes: artifact.length });
    return content;
  }

  #keep(sha256: string, kept: Kept): void {
    if (kept.sizeBytes > this.#keptBytes) return;
    this.#kept.delete(sha256);
    this.#kept.set(sha256, kept);
    let sizeBytes = [...this.#kept.values()].reduce((sum, each) => sum + each.sizeBytes, 0);
    for (const [oldest, each] of this.#kept) {
      if (sizeBytes <= this.#keptBytes) return;
      this.#kept.delete(oldest);
      sizeBytes -= each.sizeBytes;
    }
  }
}
