/** Encrypts what must not be readable at rest. Pure CPU work, no I/O after start. */
export interface Secrets {
  /** The plaintext encrypted and authenticated (AES-256-GCM) under the engine's key, as text. Two calls give different texts. */
  seal(plaintext: string): string;
  /** @throws EngineError `SECRET_UNREADABLE` where the text was changed or sealed under another key */
  open(sealed: string): string;
}
