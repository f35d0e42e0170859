import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import type { Secrets } from "@opendvp/core";
import { EngineError } from "@opendvp/model";

const VERSION = "v1";
const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = new RegExp(`^${VERSION}:([A-Za-z0-9_-]+)$`);

/**
 * AES-256-GCM with a random nonce each time. A sealed text is `v1:` and the base64url of nonce, ciphertext and tag;
 * the version is authenticated with it, so that a later form cannot be passed off as this one.
 */
export class AesGcmSecrets implements Secrets {
  readonly #key: KeyObject;

  constructor(key: Uint8Array) {
    if (key.length !== KEY_BYTES) throw new EngineError("INTERNAL", `A key of ${KEY_BYTES} bytes is needed, not one of ${key.length}.`);
    this.#key = createSecretKey(key);
  }

  seal(plaintext: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(VERSION));
    const sealed = Buffer.concat([nonce, cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}:${sealed.toString("base64url")}`;
  }

  open(sealed: string): string {
    const encoded = FORM.exec(sealed)?.[1];
    if (encoded === undefined) throw unreadable("does not have the form of one", undefined);
    const bytes = Buffer.from(encoded, "base64url");
    // Bits that the decoder ignores would let two texts mean the same.
    if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString("base64url") !== encoded) throw unreadable("is cut off", undefined);
    try {
      return this.#decipher(bytes);
    } catch (error) {
      throw unreadable("was changed, or was sealed under another key", error);
    }
  }

  #decipher(bytes: Buffer): string {
    const decipher = createDecipheriv(ALGORITHM, this.#key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(VERSION))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const ciphertext = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8");
  }
}

function unreadable(how: string, cause: unknown): EngineError {
  return new EngineError("SECRET_UNREADABLE", `A stored secret cannot be read: it ${how}.`, {
    action: "Restore the engine's key file from the backup that belongs to this catalog, or enter the secret again.",
    cause,
  });
}
