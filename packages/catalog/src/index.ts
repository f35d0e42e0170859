export { openSqliteCatalog } from "./sqlite/open-sqlite-catalog.ts";
