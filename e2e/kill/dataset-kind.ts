import type { JsonObject } from "@opendvp/model";

/** What a dataset holds that tests look at; undefined where it holds no such thing, or nothing is there. */
export interface Content {
  /** Which state of the source its data is of. */
  readonly version: string | undefined;
  /** What was written into this copy alone. */
  readonly mine: string | undefined;
}

/**
 * What the datasets of a world are: their plugin, their source, and how a test looks at them, and changes them, behind the
 * engine's back. Paths are those where a dataset is mounted, or would be.
 */
export interface DatasetKind {
  readonly name: "probe" | "postgresql";
  /** Of the plugin. */
  readonly configFile: string;
  /** How many of them a machine bears at once. */
  readonly pointsARound: number;

  /** Makes the source, in version 1. */
  makeSource(): Promise<void>;
  changeSource(version: string): Promise<void>;
  /** Of the source that is added by hand; asked for when it is made. */
  sourceParameters(name: string): JsonObject;
  linkParameters(path: string): JsonObject;
  /** The name tells copies apart, wherever they are. */
  copyParameters(name: string, path: string): JsonObject;

  /** Leaves no trace. Rejects where something is there that cannot be read whole. */
  read(path: string): Promise<Content>;
  /** Changes what is given in a copy that runs. What it has written is on the disk then. */
  write(path: string, content: Partial<Content>): Promise<void>;
  /** Whether what the plugin keeps running for a dataset works there. */
  isAlive(path: string): Promise<boolean>;
  /** Ends that as a crash would, and resolves when all of it is gone. */
  endProcess(path: string): Promise<void>;
  /** What deleted datasets have left at the source, when there is but one dSource. */
  leftovers(): Promise<readonly string[]>;
}
