import { randomBytes } from "node:crypto";
import { AesGcmSecrets } from "@opendvp/secrets";

/** The real encryption, under a key that nobody keeps. */
export function testSecrets(): AesGcmSecrets {
  return new AesGcmSecrets(randomBytes(32));
}
