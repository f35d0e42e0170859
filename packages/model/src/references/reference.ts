import { KINDS, type Kind } from "./kinds.ts";

/** `<KIND>-<n>`: the one id of an object in REST, CLI, labels and journal. `n` counts from 1 per kind and is never used again. */
export type Reference<K extends Kind = Kind> = `${K}-${number}`;

const KNOWN: ReadonlySet<string> = new Set(KINDS);
const FORM = /^([A-Z][A-Z0-9_]*)-([1-9][0-9]{0,15})$/;

export function formatReference<K extends Kind>(kind: K, serial: number): Reference<K> {
  return `${kind}-${serial}`;
}

/** The parts of a reference, or `undefined` where the text is none of ours. */
export function parseReference(text: string): { kind: Kind; serial: number } | undefined {
  const match = FORM.exec(text);
  const kind = match?.[1];
  if (kind === undefined || !KNOWN.has(kind)) return undefined;
  return { kind: kind as Kind, serial: Number(match?.[2]) };
}

export function isReference<K extends Kind>(text: string, kind?: K): text is Reference<K> {
  const parsed = parseReference(text);
  return parsed !== undefined && (kind === undefined || parsed.kind === kind);
}

/** Whether a text has the form of a reference, of a known kind or not. Names must not. */
export function looksLikeReference(text: string): boolean {
  return FORM.test(text);
}
