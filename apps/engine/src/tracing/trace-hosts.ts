import type { HostConnection, Hosts, Mounter } from "@opendvp/core";
import type { JobTracer } from "./job-tracer.ts";
import { withSpans } from "./with-spans.ts";

const CALLS = [
  ...(["facts", "checkUser", "run", "copyTree", "lookAt", "mountTable", "endMarked", "endUsersOf"] as const),
] as const satisfies readonly (keyof HostConnection)[];

/** Hosts whose connections' calls are spans. */
export function traceHosts(hosts: Hosts, tracer: JobTracer): Hosts {
  // One connection stays one: whoever compares connections must not see two.
  const traced = new WeakMap<HostConnection, HostConnection>();
  return {
    connect: async (host) => {
      const connection = await hosts.connect(host);
      const known = traced.get(connection) ?? withSpans(connection, tracer, { kind: "host", methods: CALLS });
      traced.set(connection, known);
      return known;
    },
    close: () => hosts.close(),
  };
}

/** A mounter whose calls are spans. */
export function traceMounter(mounter: Mounter, tracer: JobTracer): Mounter {
  return withSpans(mounter, tracer, { kind: "mount", methods: ["plan", "mount", "unmount", "mounted"] });
}
