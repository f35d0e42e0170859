import type { PostgresAddress, PostgresPrograms } from "./programs.ts";

/**
 * pgbench books every transaction four times: on an account, a teller, a branch, and in the history. A copy that has half of
 * one does not balance.
 */
export interface Balance {
  /** The number of transactions in it. @throws Error where the books do not agree */
  agree(what: string, address: PostgresAddress): Promise<number>;
  /** @throws Error where they do not agree, or another number of transactions is in them */
  same(what: string, address: PostgresAddress, transactions: number): Promise<void>;
}

const BOOKS = `select (select sum(abalance) from pgbench_accounts), (select sum(tbalance) from pgbench_tellers),
  (select sum(bbalance) from pgbench_branches), (select coalesce(sum(delta), 0) from pgbench_history), (select count(*) from pgbench_history)`;

export function createBalance(programs: PostgresPrograms, say: (line: string) => void): Balance {
  const agree = async (what: string, address: PostgresAddress): Promise<number> => {
    const [accounts = "", tellers, branches, history, transactions] = (await programs.sql(address, BOOKS)).split("|");
    if (tellers !== accounts || branches !== accounts || history !== accounts) {
      throw new Error(`Not true: "${what}" balances. Accounts ${accounts}, tellers ${tellers}, branches ${branches}, history ${history}.`);
    }
    say(`${what}: ${transactions} transactions, and the books agree`);
    return Number(transactions);
  };
  return {
    agree,
    same: async (what, address, transactions) => {
      const found = await agree(what, address);
      if (found !== transactions) throw new Error(`Not true: "${what}". It has ${found} transactions, not ${transactions}.`);
    },
  };
}
