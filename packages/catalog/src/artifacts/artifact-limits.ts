/** What an artifact may take. The defaults leave room for a Python plugin with all that it vendors. */
export interface ArtifactLimits {
  readonly artifactBytes: number;
  readonly entries: number;
  readonly unpackedBytes: number;
  /** Unpacked to packed bytes, of the whole; small archives are let off, see `ratioFreeBytes`. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_ARTIFACT_LIMITS: ArtifactLimits = {
  artifactBytes: 128 * MIB,
  entries: 20_000,
  unpackedBytes: 512 * MIB,
  ratio: 100,
  ratioFreeBytes: 16 * MIB,
};
