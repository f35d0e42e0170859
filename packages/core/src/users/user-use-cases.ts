import { createHash, randomBytes } from "node:crypto";
import { checkName, EngineError, type Reference } from "@opendvp/model";
import type { Refusal, Refusals } from "../actions/refusals.ts";
import { found } from "../datasets/scenes.ts";
import type { ApiKey, User } from "../entities/user.ts";
import { exclusive } from "../jobs/locks.ts";
import { isOutage } from "../jobs/outlasting.ts";
import type { Choose } from "../jobs/workflow.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { Clock } from "../ports/clock.ts";
import type { PasswordHasher } from "../ports/password-hasher.ts";
import type { Ask } from "../use-cases/asking.ts";
import type { UserUseCases } from "../use-cases/user-use-cases.ts";
import type { UseCaseParts } from "../use-cases/use-case-parts.ts";
import { ENGINE_NAME, isReservedName, STRANGER_NAME } from "./reserved-names.ts";
import { LoginThrottle } from "./login-throttle.ts";

const LOGIN_HOURS = 12;
const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 1_024;
const KEY_NOTED_MS = 60_000;

const ENGINE: Ask = { by: { name: ENGINE_NAME, role: "admin" } };

export interface UserUseCaseParts extends UseCaseParts {
  readonly passwords: PasswordHasher;
  readonly clock: Clock;
  readonly refusals: Pick<Refusals, "note">;
}

/** Users, logins and API keys. Keys are kept as hashes; a lost one cannot be shown again. */
export function createUserUseCases(parts: UserUseCaseParts): UserUseCases {
  const { objects } = parts.catalog;
  const throttle = new LoginThrottle(parts.clock);
  const accounts = new Accounts(parts);
  return {
    createFirstAdmin: async () => {
      if ((await objects.users.count()) > 0) return undefined;
      const password = randomBytes(15).toString("base64url");
      await accounts.create({ name: "admin", password, role: "admin" }, ENGINE);
      return password;
    },
    create: (input, ask) => accounts.create(input, ask),
    setPassword: (reference, password, ask) => accounts.setPassword(reference, password, ask),
    delete: (reference, ask) => accounts.delete(reference, ask),
    login: async (name, password) => {
      const [user] = await objects.users.list({ where: { name }, limit: 1 });
      try {
        throttle.check(name);
      } catch (error) {
        parts.refusals.note(failedLogin(user, "TOO_MANY_ATTEMPTS"));
        throw error;
      }
      // An unknown name costs as long as a wrong password, so that names cannot be guessed by the clock.
      const isRight = await parts.passwords.verify(password, user?.passwordHash ?? (await accounts.nobodysHash()));
      if (user === undefined || !isRight) {
        throttle.failed(name);
        parts.refusals.note(failedLogin(user, "LOGIN_FAILED"));
        throw new EngineError("LOGIN_FAILED", "The name or the password is wrong.", { action: "Check both and try again." });
      }
      throttle.succeeded(name);
      const expiresAt = new Date(parts.clock.now().getTime() + LOGIN_HOURS * 3_600_000).toISOString();
      const { key, action } = await accounts.addKey({ user, name: `login ${parts.now()}`, expiresAt }, { by: user });
      return { user, key, expiresAt, action };
    },
    logout: (key, ask) => accounts.removeKey(key, ask),
    createApiKey: async ({ user, name }, ask) => {
      const owner = found(await objects.users.find(user), user);
      const { reference, key } = await accounts.addKey({ user: owner, name: checkName(name, "key name"), expiresAt: null }, ask);
      return { reference, key };
    },
    removeApiKey: async (reference, ask) => {
      const { name } = found(await objects.apiKeys.find(reference), reference);
      const change = () =>
        Promise.resolve({ changes: [{ collection: "apiKeys", remove: reference }] as const, target: null, result: undefined });
      await parts.changes.apply({ title: `Remove API key ${name}`, operation: "apikey.delete", locks: [], change }, ask);
    },
    authenticate: (key) => accounts.authenticate(key),
  };
}

/** A name that nobody has is not recorded: people mistake one field for the other, and it may be a password. */
function failedLogin(user: User | undefined, errorCode: Refusal["errorCode"]): Refusal {
  const title = user === undefined ? "Log in with an unknown name" : `Log in ${user.name}`;
  const asker = user?.reference ?? null;
  return { user: user?.name ?? STRANGER_NAME, asker, title, operation: "login", target: asker, errorCode };
}

class Accounts {
  readonly #parts: UserUseCaseParts;
  readonly #noted = new Map<Reference<"API_KEY">, number>();
  #nobody: Promise<string> | undefined;

  constructor(parts: UserUseCaseParts) {
    this.#parts = parts;
  }

  nobodysHash(): Promise<string> {
    this.#nobody ??= this.#parts.passwords.hash(randomBytes(16).toString("hex"));
    return this.#nobody;
  }

  async create(input: Parameters<UserUseCases["create"]>[0], ask: Ask): Promise<Reference<"USER">> {
    checkName(input.name, "user name");
    if (isReservedName(input.name))
      throw new EngineError("NAME_TAKEN", `${input.name} is no user's name: the record of what was asked means somebody else by it.`, {
        action: "Choose another name.",
      });
    checkPassword(input.password);
    const passwordHash = await this.#parts.passwords.hash(input.password);
    const change = async (choose: Choose) => {
      const [taken] = await choose.objects.users.list({ where: { name: input.name }, limit: 1 });
      if (taken !== undefined)
        throw new EngineError("NAME_TAKEN", `There is already a user named ${input.name}.`, { action: "Choose another name." });
      const user: User = {
        reference: await choose.reference("USER"),
        name: input.name,
        role: input.role,
        passwordHash,
        createdAt: this.#parts.now(),
      };
      return { changes: [{ collection: "users", insert: user }] as const, target: user.reference, result: user.reference };
    };
    return (await this.#parts.changes.apply({ title: `Create user ${input.name}`, operation: "user.create", locks: [], change }, ask))
      .result;
  }

  async setPassword(reference: Reference<"USER">, password: string, ask: Ask): Promise<void> {
    checkPassword(password);
    const passwordHash = await this.#parts.passwords.hash(password);
    const change = async ({ objects }: Choose) => {
      found(await objects.users.find(reference), reference);
      // Whoever logged in with the old password is logged out.
      const logins = (await keysOf(objects, reference)).filter(({ expiresAt }) => expiresAt !== null);
      const removed = logins.map((key) => ({ collection: "apiKeys", remove: key.reference }) as const);
      return {
        changes: [{ collection: "users", update: reference, set: { passwordHash } } as const, ...removed],
        target: reference,
        result: undefined,
      };
    };
    await this.#parts.changes.apply({ title: `Set the password of ${reference}`, operation: "user.password", locks: [], change }, ask);
  }

  async delete(reference: Reference<"USER">, ask: Ask): Promise<void> {
    const change = async ({ objects }: Choose) => {
      const user = found(await objects.users.find(reference), reference);
      if (user.role === "admin" && (await objects.users.count({ role: "admin" })) === 1) {
        throw new EngineError("IN_USE", `${user.name} is the only admin.`, { action: "Make another admin first." });
      }
      const keys = (await keysOf(objects, reference)).map((key) => ({ collection: "apiKeys", remove: key.reference }) as const);
      return { changes: [...keys, { collection: "users", remove: reference } as const], target: null, result: undefined };
    };
    await this.#parts.changes.apply(
      { title: `Delete user ${reference}`, operation: "user.delete", locks: [exclusive(reference)], change },
      ask,
    );
  }

  async addKey(
    input: { readonly user: User; readonly name: string; readonly expiresAt: string | null },
    ask: Ask,
  ): Promise<{ readonly reference: Reference<"API_KEY">; readonly key: string; readonly action: Reference<"ACTION"> }> {
    const key = randomBytes(32).toString("base64url");
    const change = async (choose: Choose) => {
      const reference = await choose.reference("API_KEY");
      const row: ApiKey = {
        reference,
        user: input.user.reference,
        name: input.name,
        keyHash: hashKey(key),
        createdAt: this.#parts.now(),
        lastUsedAt: null,
        expiresAt: input.expiresAt,
      };
      const expired = (await keysOf(choose.objects, input.user.reference)).filter((other) => isExpired(other, this.#parts.now()));
      const removed = expired.map((other) => ({ collection: "apiKeys", remove: other.reference }) as const);
      return { changes: [...removed, { collection: "apiKeys", insert: row } as const], target: reference, result: reference };
    };
    const title = input.expiresAt === null ? `Create API key ${input.name}` : `Log in ${input.user.name}`;
    const { result, action } = await this.#parts.changes.apply(
      { title, operation: input.expiresAt === null ? "apikey.create" : "login", locks: [], change },
      ask,
    );
    return { reference: result, key, action };
  }

  async removeKey(key: string, ask: Ask): Promise<Reference<"ACTION">> {
    const change = async ({ objects }: Choose) => {
      const rows = await objects.apiKeys.list({ where: { keyHash: hashKey(key) } });
      const changes = rows.map(({ reference }) => ({ collection: "apiKeys", remove: reference }) as const);
      return { changes, target: rows[0]?.reference ?? null, result: undefined };
    };
    return (await this.#parts.changes.apply({ title: `Log out ${ask.by.name}`, operation: "logout", locks: [], change }, ask)).action;
  }

  async authenticate(key: string): Promise<User> {
    const { objects } = this.#parts.catalog;
    const [row] = await objects.apiKeys.list({ where: { keyHash: hashKey(key) }, limit: 1 });
    const user = row === undefined || isExpired(row, this.#parts.now()) ? undefined : await objects.users.find(row.user);
    if (row === undefined || user === undefined) {
      throw new EngineError("NOT_LOGGED_IN", "The key is not known, or has expired.", { action: "Log in again: dvp login." });
    }
    await this.#note(row);
    return user;
  }

  // Once a minute is enough to tell which keys are in use, and costs no commit per request.
  async #note(row: ApiKey): Promise<void> {
    const now = this.#parts.clock.monotonicMs();
    if (now - (this.#noted.get(row.reference) ?? Number.NEGATIVE_INFINITY) < KEY_NOTED_MS) return;
    this.#noted.set(row.reference, now);
    const set = { lastUsedAt: this.#parts.now() };
    const noting = this.#parts.catalog.transact((transaction) =>
      transaction.apply([{ collection: "apiKeys", update: row.reference, set }]),
    );
    // Who only looks is let in also while nothing can be written.
    await noting.catch((error: unknown) => {
      if (!isOutage(error)) throw error;
    });
  }
}

function keysOf(objects: CatalogReads, user: Reference<"USER">): Promise<readonly ApiKey[]> {
  return objects.apiKeys.list({ where: { user } });
}

// A key has 256 random bits: unlike a password it needs no slow hash.
function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

function isExpired(key: ApiKey, now: string): boolean {
  return key.expiresAt !== null && key.expiresAt <= now;
}

function checkPassword(password: string): void {
  if (password.length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD) return;
  throw new EngineError("INPUT_INVALID", `The password has fewer than ${SHORTEST_PASSWORD} or more than ${LONGEST_PASSWORD} characters.`, {
    action: "Choose another one.",
  });
}
