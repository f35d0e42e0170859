import { createHash, randomBytes } from "node:crypto";

const KEY_BYTES = 32;

/** A new API key. Its prefix lets people, and scanners of leaked secrets, see what it is. */
export function newApiKey(): string {
  return `dvp_${randomBytes(KEY_BYTES).toString("base64url")}`;
}

/** What is kept of an API key: its SHA-256 in hex. A key has 256 random bits, so nothing slower is needed. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
