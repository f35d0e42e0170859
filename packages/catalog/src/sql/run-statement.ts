import type { Compilable, CompiledQuery, QueryResult } from "kysely";
import type { Row } from "../tables/table.ts";
import type { SqlValue } from "../tables/column.ts";
import type { SqlDatabase } from "./sql-database.ts";

/** A statement that is run many times over, with other values. */
export interface RepeatedStatement {
  /** Names the statement: two with the same shape differ in their values alone. */
  readonly shape: string;
  /** Its values, in the order of the text. */
  readonly values: readonly SqlValue[];
  readonly build: () => Compilable;
}

/** What was compiled, for each of the SQL dialects in use. */
const compiledBefore = new WeakMap<object, Map<string, CompiledQuery>>();

/** Runs a statement, which is built and compiled only once: that takes kysely longer than SQLite takes to run most of them. */
export async function runStatement(database: SqlDatabase, statement: RepeatedStatement): Promise<QueryResult<Row>> {
  return database.executeQuery(compiledOnce(database, statement)) as Promise<QueryResult<Row>>;
}

export function compiledOnce(database: SqlDatabase, { shape, values, build }: RepeatedStatement): CompiledQuery {
  const known = shapesOf(database);
  const before = known.get(shape);
  if (before !== undefined) return { ...before, parameters: values };
  const compiled = build().compile();
  if (isSame(compiled.parameters, values)) known.set(shape, compiled);
  return compiled;
}

function shapesOf(database: SqlDatabase): Map<string, CompiledQuery> {
  const { adapter } = database.getExecutor();
  const known = compiledBefore.get(adapter) ?? new Map<string, CompiledQuery>();
  compiledBefore.set(adapter, known);
  return known;
}

/** Where kysely takes the values in another order, or adds some of its own, the text of one run cannot serve the next. */
function isSame(parameters: readonly unknown[], values: readonly SqlValue[]): boolean {
  return parameters.length === values.length && parameters.every((parameter, index) => parameter === values[index]);
}
