import { DEFAULT_KEEP_ACTIONS_DAYS, DEFAULT_MONITORING, DEFAULT_TIME_LIMITS } from "@opendvp/core";
import type { JsonObject } from "@opendvp/model";
import { DEFAULT_PLUGIN_LIMITS } from "@opendvp/plugin-runtime";

const MIB = 1024 * 1024;
/** The longest that a timer can wait, 24.8 days. */
const LONGEST_MS = 2 ** 31 - 1;

/** What configuration.json may hold. docs/reference/configuration.md explains each setting; a test holds that page to this schema. */
export const CONFIGURATION_SCHEMA: JsonObject = {
  type: "object",
  required: ["engineId", "storage"],
  additionalProperties: false,
  properties: {
    engineId: { type: "string", minLength: 1 },
    storage: {
      type: "object",
      required: ["kind"],
      additionalProperties: false,
      properties: {
        kind: { enum: ["zfs", "btrfs", "reflink", "copy", "embedded"] },
        directory: { type: "string", format: "unixpath" },
        dataset: { type: "string", minLength: 1 },
        sizeBytes: integer({ minimum: 256 * MIB }),
      },
      allOf: [
        { if: { properties: { kind: { const: "embedded" } } }, then: { required: ["sizeBytes"] } },
        { if: { properties: { kind: { const: "zfs" } } }, then: { required: ["dataset"] } },
        { if: { properties: { kind: { enum: ["btrfs", "reflink", "copy"] } } }, then: { required: ["directory"] } },
      ],
    },
    catalog: { type: "string", pattern: "^(sqlite|postgres(ql)?://.+)$" },
    listen: {
      type: "object",
      required: ["host", "port"],
      additionalProperties: false,
      properties: { host: { type: "string", minLength: 1 }, port: integer({ maximum: 65_535 }) },
    },
    environmentUsers: { type: "array", items: { type: "string", minLength: 1 } },
    timeLimits: settings({
      discoveryMs: duration(DEFAULT_TIME_LIMITS.discoveryMs),
      statusMs: duration(DEFAULT_TIME_LIMITS.statusMs),
      operationMs: duration(DEFAULT_TIME_LIMITS.operationMs),
    }),
    monitoring: settings({ stagedMs: duration(DEFAULT_MONITORING.stagedMs), virtualMs: duration(DEFAULT_MONITORING.virtualMs) }),
    actions: settings({ keepDays: integer({ minimum: 1, maximum: 36_500, default: DEFAULT_KEEP_ACTIONS_DAYS }) }),
    interpreters: settings({
      PYTHON27: { type: "string", format: "unixpath" },
      PYTHON38: { type: "string", format: "unixpath" },
      PYTHON311: { type: "string", format: "unixpath" },
    }),
    plugins: settings({
      memoryLimitBytes: integer({ minimum: 128 * MIB, default: DEFAULT_PLUGIN_LIMITS.memoryLimitBytes }),
      processLimit: integer({ minimum: 32, default: DEFAULT_PLUGIN_LIMITS.processLimit }),
      outputLimitBytes: integer({ minimum: MIB, default: DEFAULT_PLUGIN_LIMITS.outputLimitBytes }),
      startLimitMs: duration(DEFAULT_PLUGIN_LIMITS.startLimitMs),
      concurrency: integer({ minimum: 1, default: DEFAULT_PLUGIN_LIMITS.concurrency }),
      unlimitedConcurrency: integer({ minimum: 1, default: DEFAULT_PLUGIN_LIMITS.unlimitedConcurrency }),
      idleMs: duration(DEFAULT_PLUGIN_LIMITS.idleMs),
      lastIdleMs: duration(DEFAULT_PLUGIN_LIMITS.lastIdleMs),
      // Together below 2³² − 2, the last user id that there is.
      firstUid: integer({ minimum: 1000, maximum: 4_294_000_000, default: DEFAULT_PLUGIN_LIMITS.firstUid }),
      uidCount: integer({ minimum: 1, maximum: 900_000, default: DEFAULT_PLUGIN_LIMITS.uidCount }),
    }),
  },
};

function settings(properties: JsonObject): JsonObject {
  return { type: "object", additionalProperties: false, properties };
}

function duration(defaultMs: number): JsonObject {
  return integer({ minimum: 100, maximum: LONGEST_MS, default: defaultMs });
}

function integer({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER, ...rest }: Readonly<Record<string, number>>): JsonObject {
  return { type: "integer", minimum, maximum, ...rest };
}
