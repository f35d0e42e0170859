import type { Reference } from "@opendvp/model";

export const ROLES = ["admin", "operator", "user", "reader"] as const;
export type Role = (typeof ROLES)[number];

/** Somebody who may use the engine. */
export interface User {
  readonly reference: Reference<"USER">;
  readonly name: string;
  readonly role: Role;
  /** scrypt, with its parameters: `scrypt$N$r$p$salt$hash`. */
  readonly passwordHash: string;
  readonly createdAt: string;
}

export interface ApiKey {
  readonly reference: Reference<"API_KEY">;
  readonly user: Reference<"USER">;
  readonly name: string;
  /** SHA-256 of the key, hex; the key itself is shown once and never kept. */
  readonly keyHash: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** Null: until it is removed. A login's key expires. */
  readonly expiresAt: string | null;
}
