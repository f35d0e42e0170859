import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { link, open, rm, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EngineError } from "@opendvp/model";

const KEY_BYTES = 32;
const OTHERS_MAY = 0o077;

export interface KeyFileOptions {
  /** False: the file must be there already, since a new key could not read what the old one sealed. Default true. */
  readonly mayCreate?: boolean;
}

/**
 * Reads the engine's key, or makes it at first use: 32 random bytes in a file of mode 0600, on disk before it is used.
 * @throws EngineError `SECRET_UNREADABLE` where the file is missing, damaged, or open to others
 */
export async function readKeyFile(path: string, { mayCreate = true }: KeyFileOptions = {}): Promise<Uint8Array> {
  const existing = await readExisting(path);
  if (existing !== undefined) return existing;
  if (!mayCreate) {
    throw new EngineError("SECRET_UNREADABLE", `The key file ${path} is missing.`, {
      action: "Restore it from a backup: without it the stored passwords and keys cannot be read.",
      details: { path },
    });
  }
  await create(path);
  const created = await readExisting(path);
  if (created === undefined) throw new EngineError("SECRET_UNREADABLE", `The key file ${path} vanished while it was made.`);
  return created;
}

async function readExisting(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    if (isErrno(error, "ENOENT")) return undefined;
    throw new EngineError("SECRET_UNREADABLE", `The key file ${path} cannot be opened.`, {
      action: "Make it readable for the engine's user.",
      details: { path },
      cause: error,
    });
  });
  if (file === undefined) return undefined;
  try {
    await checkPrivate(file, path);
    return await readKey(file, path);
  } finally {
    await file.close();
  }
}

async function checkPrivate(file: FileHandle, path: string): Promise<void> {
  const facts = await file.stat();
  const mode = (facts.mode & 0o777).toString(8).padStart(4, "0");
  if (!facts.isFile()) throw refused(path, "is not a regular file", "Put the key into a regular file.");
  if ((facts.mode & OTHERS_MAY) !== 0) {
    const action = `Run \`chmod 600 ${path}\`, and change the passwords kept by the engine if somebody may have read the file.`;
    throw refused(path, `is open to other users (mode ${mode})`, action);
  }
  const user = process.geteuid?.();
  if (user !== undefined && facts.uid !== user) {
    throw refused(path, `belongs to the user ${facts.uid}, not to the engine's (${user})`, `Run \`chown ${user} ${path}\`.`);
  }
}

async function readKey(file: FileHandle, path: string): Promise<Uint8Array> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(KEY_BYTES + 1), 0, KEY_BYTES + 1, 0);
  if (bytesRead !== KEY_BYTES) {
    throw refused(path, `does not hold a key of ${KEY_BYTES} bytes`, "Restore it from a backup; a new key could not read what is stored.");
  }
  return buffer.subarray(0, KEY_BYTES);
}

/** Whole or not at all, and never over a file that another process made meanwhile. */
async function create(path: string): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString("hex")}`);
  try {
    await writeDurably(draft, randomBytes(KEY_BYTES));
    await link(draft, path).catch((error: unknown) => {
      if (!isErrno(error, "EEXIST")) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  await syncDirectory(dirname(path));
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, constants.O_RDONLY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function refused(path: string, problem: string, action: string): EngineError {
  return new EngineError("SECRET_UNREADABLE", `The key file ${path} ${problem}.`, { action, details: { path } });
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
