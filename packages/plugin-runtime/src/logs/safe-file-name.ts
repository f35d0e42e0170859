import { createHash } from "node:crypto";

const LENGTH_LIMIT = 100;

/** A name that any file system takes and that no other plugin's name gives: what is unusual is written as %XX. */
export function safeFileName(name: string): string {
  const safe = [...Buffer.from(name)].map((byte, index) => (isPlain(byte, index) ? String.fromCharCode(byte) : `%${hex(byte)}`)).join("");
  if (safe.length > 0 && safe.length <= LENGTH_LIMIT) return safe;
  return `${safe.slice(0, LENGTH_LIMIT - 20)}%-${createHash("sha256").update(name).digest("hex").slice(0, 16)}`;
}

function isPlain(byte: number, index: number): boolean {
  return index === 0 ? /[A-Za-z0-9_]/.test(String.fromCharCode(byte)) : /[A-Za-z0-9._ -]/.test(String.fromCharCode(byte));
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}
