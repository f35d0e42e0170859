/** Keeps uploaded artifacts, by the SHA-256 of their bytes. */
export interface ArtifactStore {
  /** Stores an artifact durably; the same bytes twice are one. Returns its SHA-256 in hex. */
  put(artifact: Uint8Array): Promise<string>;
  get(sha256: string): Promise<Uint8Array | undefined>;
  /** The directory with the artifact's source code unpacked safely; made on first use, again where it was damaged. */
  unpacked(sha256: string): Promise<string>;
  /** The SHA-256 of everything that is stored, also of source code whose artifact is lost. */
  list(): Promise<readonly string[]>;
  /** One that is not there is fine. */
  remove(sha256: string): Promise<void>;
}
