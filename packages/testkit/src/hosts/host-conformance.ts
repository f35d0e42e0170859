import { describe } from "vitest";
import type { HostHarness } from "./host-harness.ts";
import { testCommands } from "./suites/commands.ts";
import { testCommandLimits } from "./suites/command-limits.ts";
import { testCommandSecrets } from "./suites/command-secrets.ts";
import { testElevated } from "./suites/elevated.ts";
import { testExpect } from "./suites/expect.ts";
import { testLooking } from "./suites/looking.ts";
import { testMarks } from "./suites/marks.ts";
import { testTreeCopy } from "./suites/tree-copy.ts";
import { testTreeCopyChoice } from "./suites/tree-copy-choice.ts";
import { testTreeCopyFailures } from "./suites/tree-copy-failures.ts";
import { testTreeCopyLinks } from "./suites/tree-copy-links.ts";
import { testTreeCopySharing } from "./suites/tree-copy-sharing.ts";
import { testUsers } from "./suites/users.ts";

/** The promises of HostConnection as tests, on a host that runs on this machine. */
export function describeHostConnection(title: string, harness: HostHarness): void {
  describe(title, () => {
    testUsers(harness);
    testCommands(harness);
    testCommandSecrets(harness);
    testCommandLimits(harness);
    testExpect(harness);
    testMarks(harness);
    testLooking(harness);
    testElevated(harness);
    testTreeCopy(harness);
    testTreeCopyLinks(harness);
    testTreeCopyChoice(harness);
    testTreeCopyFailures(harness);
    testTreeCopySharing(harness);
  });
}
