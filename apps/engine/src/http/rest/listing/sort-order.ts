import { parseReference } from "@opendvp/model";
import { checkMember } from "../filter/check-members.ts";
import { memberOf } from "../filter/evaluate-filter.ts";

export interface SortOrder {
  readonly member: string;
  readonly isDescending: boolean;
}

/** @throws EngineError `INPUT_INVALID` for a member that the items do not have */
export function parseSort(sort: string, members: readonly string[]): SortOrder {
  const isDescending = sort.startsWith("-");
  const member = isDescending ? sort.slice(1) : sort;
  checkMember(member, members, "/sort");
  return { member, isDescending };
}

/** The items in order; absent values come last, ids count by their number. Items of the same rank keep their order. */
export function sorted<T>(items: readonly T[], order: SortOrder): T[] {
  const sign = order.isDescending ? -1 : 1;
  const ranked = items.map((item) => ({ item, rank: rankOf(memberOf(item, order.member)) }));
  return ranked.sort((left, right) => compareRanks(left.rank, right.rank, sign)).map(({ item }) => item);
}

type Rank = string | number | undefined;

function compareRanks(leftRank: Rank, rightRank: Rank, sign: number): number {
  if (leftRank === undefined || rightRank === undefined) return Number(leftRank === undefined) - Number(rightRank === undefined);
  if (typeof leftRank !== typeof rightRank) return sign * (typeof leftRank < typeof rightRank ? -1 : 1);
  return sign * (leftRank < rightRank ? -1 : leftRank > rightRank ? 1 : 0);
}

function rankOf(value: unknown): Rank {
  if (typeof value === "string") return serialText(value);
  if (typeof value === "number") return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

function serialText(text: string): string {
  const reference = parseReference(text);
  return reference === undefined ? text : `${reference.kind}-${String(reference.serial).padStart(16, "0")}`;
}
