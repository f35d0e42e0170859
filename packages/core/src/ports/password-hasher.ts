/** Hashes passwords slowly, with a salt of their own. May be called concurrently; work queues inside. */
export interface PasswordHasher {
  /** A text with the hash and all that is needed to check it. Two calls give different texts. */
  hash(password: string): Promise<string>;
  /** Takes as long for a wrong password as for the right one. @throws EngineError `SECRET_UNREADABLE` where the hash is damaged */
  verify(password: string, hash: string): Promise<boolean>;
}
