import { compareDottedNumbers } from "../versions/dotted-number.ts";

/** `<major>.<minor>.<patch>`. Major and minor are numbers of any length, without leading zeros; the patch is a word that has no order. */
export interface ToolkitVersion {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
}

const FORM = /^([0-9]+)\.([0-9]+)\.([A-Za-z0-9_-]+)$/;
const RELEASE = /^([0-9]+)\.([0-9]+)$/;

/** The version of a toolkit; `undefined` where the text is none. */
export function parseToolkitVersion(text: string): ToolkitVersion | undefined {
  const [, major, minor, patch] = FORM.exec(text) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  return { major: plain(major), minor: plain(minor), patch };
}

/** `major.minor` without leading zeros; `undefined` where the text is something else. */
export function normaliseToolkitRelease(text: string): string | undefined {
  const [, major, minor] = RELEASE.exec(text) ?? [];
  return major === undefined || minor === undefined ? undefined : `${plain(major)}.${plain(minor)}`;
}

/** What upgrades go by: the patch is left out. */
export function toolkitRelease({ major, minor }: ToolkitVersion): string {
  return `${major}.${minor}`;
}

/** Orders two releases by their parts: 1.10 comes after 1.9. */
export function compareToolkitReleases(first: string, second: string): number {
  return compareDottedNumbers(first, second);
}

function plain(digits: string): string {
  return digits.replace(/^0+(?=[0-9])/, "");
}
