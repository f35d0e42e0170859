import type { Action } from "@opendvp/core";

/** Operations that the field has names for. */
const KNOWN: Readonly<Record<string, string>> = {
  "dsource.link": "DB_LINK",
  "dsource.sync": "DB_SYNC",
  "dsource.delete": "DB_DELETE",
  "dsource.enable": "SOURCE_ENABLE",
  "dsource.disable": "SOURCE_DISABLE",
  "vdb.provision": "DB_PROVISION",
  "vdb.refresh": "DB_REFRESH",
  "vdb.rollback": "DB_ROLLBACK",
  "vdb.undo": "DB_UNDO",
  "vdb.snapshot": "DB_SYNC",
  "vdb.delete": "DB_DELETE",
  "vdb.start": "SOURCE_START",
  "vdb.stop": "SOURCE_STOP",
  "vdb.enable": "SOURCE_ENABLE",
  "vdb.disable": "SOURCE_DISABLE",
  login: "USER_LOGIN",
  logout: "USER_LOGOUT",
};

/** What an action is called in the typed-object API; others are called after the operation: `plugin.upload` is PLUGIN_UPLOAD. */
export function actionType({ operation, state }: Pick<Action, "operation" | "state">): string {
  if (operation === "login" && state === "FAILED") return "USER_FAILED_LOGIN";
  return KNOWN[operation] ?? operation.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
}
