import { randomInt, randomUUID } from "node:crypto";
import type { Ids } from "@opendvp/core";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
const TOKEN_LENGTH = 8;

export const randomIds: Ids = {
  guid: () => randomUUID(),
  token: () => Array.from({ length: TOKEN_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)] ?? "0").join(""),
};
