export { openSecrets } from "./open-secrets.ts";
export { AesGcmSecrets } from "./aes-gcm-secrets.ts";
export { readKeyFile, type KeyFileOptions } from "./key-file.ts";
export { hashPassword, verifyPassword, type ScryptCost } from "./password-hash.ts";
export { ScryptPasswordHasher } from "./scrypt-password-hasher.ts";
export { newApiKey, hashApiKey } from "./api-key.ts";
