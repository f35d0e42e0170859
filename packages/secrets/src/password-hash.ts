import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";
import { EngineError } from "@opendvp/model";

/** What one hash costs: memory is 128 × N × r bytes. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

const COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const FORM = /^scrypt\$([1-9][0-9]{0,7})\$([1-9][0-9]?)\$([1-9][0-9]?)\$([A-Za-z0-9_-]{16,64})\$([A-Za-z0-9_-]{32,128})$/;
/** A damaged record must not make the engine take all memory. */
const MOST_BYTES = 2 ** 30;

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64url. Takes 128 MiB and some 0.3 s: run one at a time. */
export async function hashPassword(password: string, cost: ScryptCost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, { salt, cost, length: HASH_BYTES });
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/**
 * Whether it is the password of a hash, compared in constant time.
 * @throws EngineError `SECRET_UNREADABLE` where the hash itself is damaged
 */
export async function verifyPassword(password: string, passwordHash: string): Promise<boolean> {
  const [, N, r, p, salt, expected] = FORM.exec(passwordHash) ?? [];
  if (salt === undefined || expected === undefined) throw damaged();
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  if (cost.N < 2 || !Number.isInteger(Math.log2(cost.N)) || memoryOf(cost) > MOST_BYTES) throw damaged();
  const known = Buffer.from(expected, "base64url");
  const derived = await derive(password, { salt: Buffer.from(salt, "base64url"), cost, length: known.length });
  return timingSafeEqual(derived, known);
}

function derive(
  password: string,
  { salt, cost, length }: { readonly salt: Buffer; readonly cost: ScryptCost; readonly length: number },
): Promise<Buffer> {
  // The same letters typed on another keyboard may come composed in another way.
  const normalised = password.normalize("NFKC");
  const options: ScryptOptions = { ...cost, maxmem: 2 * memoryOf(cost) };
  return new Promise((resolve, reject) => {
    scrypt(normalised, salt, length, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function memoryOf({ N, r, p }: ScryptCost): number {
  return 128 * N * r + 128 * r * p;
}

function damaged(): EngineError {
  return new EngineError("SECRET_UNREADABLE", "The stored hash of a password is damaged.", { action: "Set the user's password anew." });
}
