import type { Dataset } from "@opendvp/core";
import { boolean, json, nullable, number, onlyIn, refersTo, refersToIfPresent, text } from "./column.ts";
import { defineTable } from "./table.ts";

/** dSources and VDBs share one table, so that their names and guids are unique together. */
export const datasets = defineTable<Dataset>(
  { name: "datasets", label: "a dataset", variantMember: "kind" },
  {
    reference: text(),
    kind: text(),
    guid: text(),
    name: text(),
    description: text(),
    source: text(),
    plugin: refersTo("plugins"),
    pool: refersTo("pools"),
    repository: refersTo("repositories"),
    environment: refersTo("environments"),
    environmentUser: refersTo("environment_users"),
    currentTimeflow: nullable(refersTo("timeflows")),
    parameters: json(),
    hooks: json(),
    stage: text(),
    wantedState: text(),
    status: text(),
    statusAt: nullable(text()),
    sourceSizeBytes: nullable(number()),
    usage: nullable(json()),
    createdAt: text(),
    pluginType: onlyIn("DSOURCE", text()),
    sourceConfig: onlyIn("DSOURCE", refersTo("source_configs")),
    sourceEnvironmentUser: onlyIn("DSOURCE", nullable(refersTo("environment_users"))),
    isResyncNeeded: onlyIn("DSOURCE", boolean()),
    syncedAt: onlyIn("DSOURCE", nullable(text())),
    parent: onlyIn("VDB", nullable(refersTo("datasets"))),
    owner: onlyIn("VDB", refersToIfPresent("users")),
    formerTimeflow: onlyIn("VDB", refersToIfPresent("timeflows")),
    refreshedAt: onlyIn("VDB", nullable(text())),
  },
);
