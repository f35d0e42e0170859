import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

const ITERATIONS = 4096;
const KEY_BYTES = 32;

/**
 * SQL that gives a role a password. It holds what PostgreSQL keeps of a password (RFC 5803), not the password, so that
 * neither a log nor pg_stat_statements can show it.
 */
export function passwordStatement(role: string, password: string): string {
  const name = `"${role.replaceAll('"', '""')}"`;
  return `set log_statement = 'none'; alter role ${name} password '${scramVerifier(password, randomBytes(16))}'`;
}

export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, ITERATIONS, KEY_BYTES, "sha256");
  const keyOf = (what: string): Buffer => createHmac("sha256", salted).update(what).digest();
  const storedKey = createHash("sha256").update(keyOf("Client Key")).digest();
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString("base64")}$${storedKey.toString("base64")}:${keyOf("Server Key").toString("base64")}`;
}
