import { appendFile, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

export interface RotatingFileOptions {
  readonly path: string;
  readonly sizeLimitBytes: number;
  /** How many former files stay, as `<path>.1` (the newest) and so on. */
  readonly keptFiles: number;
  readonly backlogLimitBytes: number;
  /** Tells the reader of the file how many entries are missing. */
  readonly droppedEntry: (count: number) => string;
}

/** A log file that is written in the background. What comes while the disk cannot follow waits in a bounded backlog; what does not fit is counted. */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #backlog: string[] = [];
  #backlogBytes = 0;
  #dropped = 0;
  #sizeBytes: number | undefined;
  #writing: Promise<void> | undefined;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  append(entry: string): void {
    const bytes = Buffer.byteLength(entry);
    if (this.#backlogBytes + bytes > this.#options.backlogLimitBytes) {
      this.#dropped += 1;
      return;
    }
    this.#backlog.push(entry);
    this.#backlogBytes += bytes;
    this.#writing ??= this.#writeBacklog();
  }

  /** Resolves when what has been appended so far is in the file, or given up. */
  async flushed(): Promise<void> {
    await this.#writing;
  }

  async #writeBacklog(): Promise<void> {
    // In a later turn, so that entries of one moment are written together.
    await Promise.resolve();
    while (this.#backlog.length > 0) {
      const entries = this.#takeBacklog();
      try {
        await this.#write(entries);
      } catch {
        // A log that cannot be written must not stop its plugin. The next file says how much is missing.
        this.#dropped += entries.length;
        this.#sizeBytes = undefined;
      }
    }
    this.#writing = undefined;
  }

  #takeBacklog(): readonly string[] {
    const entries = this.#dropped === 0 ? this.#backlog : [this.#options.droppedEntry(this.#dropped), ...this.#backlog];
    this.#backlog = [];
    this.#backlogBytes = 0;
    this.#dropped = 0;
    return entries;
  }

  async #write(entries: readonly string[]): Promise<void> {
    const text = entries.join("");
    const bytes = Buffer.byteLength(text);
    const { path, sizeLimitBytes } = this.#options;
    this.#sizeBytes ??= await this.#sizeOnDisk();
    if (this.#sizeBytes > 0 && this.#sizeBytes + bytes > sizeLimitBytes) {
      await this.#rotate();
      this.#sizeBytes = 0;
    }
    await appendFile(path, text, { mode: 0o640 });
    this.#sizeBytes += bytes;
  }

  async #sizeOnDisk(): Promise<number> {
    await mkdir(dirname(this.#options.path), { recursive: true, mode: 0o750 });
    try {
      return (await stat(this.#options.path)).size;
    } catch {
      return 0;
    }
  }

  async #rotate(): Promise<void> {
    const { path, keptFiles } = this.#options;
    await rm(`${path}.${keptFiles}`, { force: true });
    for (let number = keptFiles - 1; number >= 0; number -= 1) {
      await rename(number === 0 ? path : `${path}.${number}`, `${path}.${number + 1}`).catch(ignoreMissing);
    }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
