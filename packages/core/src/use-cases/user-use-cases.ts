import type { Reference } from "@opendvp/model";
import type { Role, User } from "../entities/user.ts";
import type { Ask } from "./asking.ts";

/** Somebody who has logged in. */
export interface Login {
  readonly user: User;
  readonly key: string;
  readonly expiresAt: string;
  readonly action: Reference<"ACTION">;
}

export interface UserUseCases {
  /** Makes the admin with a password of its own on the first start ever; returns that password once, else undefined. */
  createFirstAdmin(): Promise<string | undefined>;
  create(input: { readonly name: string; readonly password: string; readonly role: Role }, ask: Ask): Promise<Reference<"USER">>;
  setPassword(reference: Reference<"USER">, password: string, ask: Ask): Promise<void>;
  /** VDBs of theirs stay, without an owner. Refused with `CONFLICT` while a VDB is being made for them. */
  delete(reference: Reference<"USER">, ask: Ask): Promise<void>;
  /** A key that stands for a login, for 12 hours. Wrong ones are throttled: `LOGIN_FAILED`, `TOO_MANY_ATTEMPTS`. */
  login(name: string, password: string): Promise<Login>;
  /** Ends a login: its key is worth nothing any more. One that has ended is fine. */
  logout(key: string, ask: Ask): Promise<Reference<"ACTION">>;
  /** A lasting key; shown once. */
  createApiKey(
    input: { readonly user: Reference<"USER">; readonly name: string },
    ask: Ask,
  ): Promise<{ readonly reference: Reference<"API_KEY">; readonly key: string }>;
  removeApiKey(reference: Reference<"API_KEY">, ask: Ask): Promise<void>;
  /** @throws EngineError `NOT_LOGGED_IN` */
  authenticate(key: string): Promise<User>;
}
