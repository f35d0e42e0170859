import { describe } from "vitest";
import { testConcurrency } from "./suites/concurrency.ts";
import { testContent } from "./suites/content.ts";
import { testFullPool } from "./suites/full-pool.ts";
import { testLabels } from "./suites/labels.ts";
import { testLifeCycle } from "./suites/life-cycle.ts";
import { testLostPool } from "./suites/lost-pool.ts";
import { testNames } from "./suites/names.ts";
import { testSequences } from "./suites/sequences.ts";
import { testStrangers } from "./suites/strangers.ts";
import { testStreams } from "./suites/streams.ts";
import { testUsage } from "./suites/usage.ts";
import type { StorageHarness } from "./storage-harness.ts";

/** The promises of StorageDriver as tests, on the real file systems that a driver's harness makes. */
export function describeStorageDriver(title: string, harness: StorageHarness): void {
  describe(title, () => {
    testLifeCycle(harness);
    testLabels(harness);
    testNames(harness);
    testContent(harness);
    testUsage(harness);
    testStreams(harness);
    testStrangers(harness);
    testConcurrency(harness);
    testSequences(harness);
    testFullPool(harness);
    testLostPool(harness);
  });
}
