import type { Reference } from "@opendvp/model";
import type { CatalogTransaction } from "../ports/catalog.ts";

export interface FaultText {
  readonly code: string;
  readonly message: string;
  readonly action: string;
}

/** The faults of one object: at most one active per code. */
export interface ObjectFaults {
  /** Raises a fault, or renews the words of the one that stands. */
  raise(text: FaultText): Promise<void>;
  /** Marks the active ones with these codes as resolved. */
  clear(codes: readonly string[]): Promise<void>;
}

/** The faults of an object, within a transaction at a given time. What has no reference has no faults. */
export function faultsOf(
  transaction: CatalogTransaction,
  { target, targetName }: { readonly target: Reference | null; readonly targetName: string },
  at: string,
): ObjectFaults {
  if (target === null) return { raise: () => Promise.resolve(), clear: () => Promise.resolve() };
  const standing = (code: readonly string[]) => transaction.objects.faults.list({ where: { target, code, state: "ACTIVE" } });
  return {
    raise: async (text) => {
      const [known] = await standing([text.code]);
      if (known !== undefined) {
        await transaction.apply([{ collection: "faults", update: known.reference, set: { message: text.message, action: text.action } }]);
        return;
      }
      const reference = await transaction.nextReference("FAULT");
      const fault = { reference, target, targetName, ...text, state: "ACTIVE" as const, createdAt: at, resolvedAt: null };
      await transaction.apply([{ collection: "faults", insert: fault }]);
    },
    clear: async (codes) => {
      if (codes.length === 0) return;
      const set = { state: "RESOLVED" as const, resolvedAt: at };
      await transaction.apply((await standing(codes)).map(({ reference }) => ({ collection: "faults", update: reference, set }) as const));
    },
  };
}
