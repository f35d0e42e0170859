import type { Ask, Login, Role, User, UserUseCases } from "@opendvp/core";
import { checkName, EngineError, type Reference } from "@opendvp/model";
import type { MemoryObjects } from "./memory-objects.ts";

/** Users whose passwords are kept as they are. */
export class MemoryUsers implements UserUseCases {
  readonly #objects: MemoryObjects;
  readonly #keys = new Map<string, { readonly user: Reference<"USER">; readonly key: Reference<"API_KEY"> }>();

  constructor(objects: MemoryObjects) {
    this.#objects = objects;
  }

  createFirstAdmin(): Promise<string | undefined> {
    return Promise.resolve(undefined);
  }

  add(name: string, password: string, role: Role): Reference<"USER"> {
    const reference = this.#objects.next("USER");
    this.#objects.users.put({ reference, name, role, passwordHash: password, createdAt: new Date().toISOString() });
    return reference;
  }

  create(input: { readonly name: string; readonly password: string; readonly role: Role }): Promise<Reference<"USER">> {
    checkName(input.name);
    if (this.#objects.users.all.some(({ name }) => name === input.name))
      throw new EngineError("NAME_TAKEN", `There is a user ${input.name}.`);
    return Promise.resolve(this.add(input.name, input.password, input.role));
  }

  setPassword(reference: Reference<"USER">, password: string): Promise<void> {
    this.#objects.users.set(reference, { passwordHash: password });
    return Promise.resolve();
  }

  delete(reference: Reference<"USER">): Promise<void> {
    this.#objects.users.remove(reference);
    return Promise.resolve();
  }

  login(name: string, password: string): Promise<Login> {
    const user = this.#objects.users.all.find((candidate) => candidate.name === name && candidate.passwordHash === password);
    if (user === undefined) throw new EngineError("LOGIN_FAILED", "The name or the password is wrong.");
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const action = this.#objects.record({ title: `Log in ${name}`, operation: "login", target: user.reference }, { by: user });
    return Promise.resolve({ user, key: this.addKey(user.reference, "login", expiresAt), expiresAt, action });
  }

  logout(key: string, ask: Ask): Promise<Reference<"ACTION">> {
    this.#keys.delete(key);
    return Promise.resolve(this.#objects.record({ title: `Log out ${ask.by.name}`, operation: "logout", target: null }, ask));
  }

  addKey(user: Reference<"USER">, name: string, expiresAt: string | null): string {
    const reference = this.#objects.next("API_KEY");
    const key = `key-${reference}-${user}`;
    this.#keys.set(key, { user, key: reference });
    this.#objects.apiKeys.put({ reference, user, name, keyHash: key, createdAt: new Date().toISOString(), lastUsedAt: null, expiresAt });
    return key;
  }

  async createApiKey(
    input: { readonly user: Reference<"USER">; readonly name: string },
    _ask: Ask,
  ): Promise<{ readonly reference: Reference<"API_KEY">; readonly key: string }> {
    checkName(input.name);
    const key = this.addKey(input.user, input.name, null);
    const known = this.#keys.get(key);
    if (known === undefined) throw new Error("a key that was just added is there");
    return Promise.resolve({ reference: known.key, key });
  }

  removeApiKey(reference: Reference<"API_KEY">): Promise<void> {
    for (const [key, known] of this.#keys) if (known.key === reference) this.#keys.delete(key);
    this.#objects.apiKeys.remove(reference);
    return Promise.resolve();
  }

  authenticate(key: string): Promise<User> {
    const user = this.#objects.users.all.find(({ reference }) => reference === this.#keys.get(key)?.user);
    if (user === undefined) throw new EngineError("NOT_LOGGED_IN", "The key is not known.", { action: "Log in again with `dvp login`." });
    return Promise.resolve(user);
  }
}
