import type { TSchema } from "typebox";

export function jsonAnswer<T extends TSchema, const S extends 200 | 201 = 200>(schema: T, status: S = 200 as S) {
  return { kind: "json", status, schema } as const;
}

export function jsonBody<T>(schema: T) {
  return { kind: "json", schema } as const;
}

export const NOTHING = { kind: "nothing", status: 204 } as const;
