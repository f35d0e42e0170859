import { configDefaults, defineConfig } from "vitest/config";
import { LongFilesFirst } from "./tools/test-order/long-files-first.ts";
import { ClosingLineReporter } from "./tools/reporter/closing-line-reporter.ts";

/** Rooms whose tests need no root, no mount and no child process that lasts: a minute for all of them. */
const UNIT = [
  "packages/{model,contract,client,core,catalog,secrets,plugin-protocol,plugin-sdk}/test/**/*.test.ts",
  "packages/hosts/test/local/tree-copy/**/*.test.ts",
  "apps/engine/test/{configuration,http}/**/*.test.ts",
  "apps/cli/test/{input,output}/**/*.test.ts",
  "tools/test/**/*.test.ts",
];
/** In those rooms, but on a PostgreSQL server of their own, timed, or waiting for what a process says once: each in a process of its own. */
const APART = [
  "packages/catalog/test/{postgresql,migrations}/**/*.test.ts",
  "packages/catalog/test/sqlite/speed.test.ts",
  "packages/core/test/jobs/shared-catalog.test.ts",
  "apps/engine/test/http/create-http-server.test.ts",
];
const ALL = ["{packages,apps,plugins}/*/test/**/*.test.ts", "tools/test/**/*.test.ts", "e2e/**/*.test.ts", "bench/test/**/*.test.ts"];

const resolve = { conditions: ["source"] };
const ssr = { resolve };
const shared = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  resolve,
  ssr,
  test: {
    // Two cores: more workers only make timings noisy.
    maxWorkers: 2,
    sequence: { sequencer: LongFilesFirst },
    reporters: ["default", new ClosingLineReporter()],
    projects: [
      // Loading the rooms takes longer than most tests: the files share what a process has loaded.
      { resolve, ssr, test: { ...shared, name: "unit", include: UNIT, exclude: [...configDefaults.exclude, ...APART], isolate: false } },
      { resolve, ssr, test: { ...shared, name: "apart", include: APART } },
      // On real storage, real processes and real mounts.
      {
        resolve,
        ssr,
        test: {
          ...{ ...shared, name: "real", include: ALL, exclude: [...configDefaults.exclude, ...UNIT] },
          globalSetup: "tools/bundle-programs/refuse-old-programs.ts",
        },
      },
    ],
  },
});
