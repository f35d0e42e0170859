import type { Secrets } from "@opendvp/core";
import { AesGcmSecrets } from "./aes-gcm-secrets.ts";
import { readKeyFile, type KeyFileOptions } from "./key-file.ts";

/** The engine's secrets under the key in a file, which is made at its first use. */
export async function openSecrets(keyFile: string, options: KeyFileOptions = {}): Promise<Secrets> {
  return new AesGcmSecrets(await readKeyFile(keyFile, options));
}
