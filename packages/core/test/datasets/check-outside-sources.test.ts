import type { Catalog, Change, Plugin, VirtualSource } from "@opendvp/core";
import { EXAMPLES } from "@opendvp/testkit";
import { describe, expect, it } from "vitest";
import { checkOutsideSources } from "../../src/datasets/check-outside-sources.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { dSource, vdb, plugin, sourceConfig, environment, host } = EXAMPLES;
const PATH = { type: "string", format: "unixpath" };
const schemas: Plugin["schemas"] = {
  ...plugin.schemas,
  sourceConfigDefinition: { type: "object", properties: { path: PATH, logs: PATH, label: { type: "string" } } },
};
const data = { path: "/srv/data/", logs: "/var/./logs", label: "/srv/elsewhere" };

/** A catalog whose dSource is copied from /srv/data and /var/logs. */
function catalogWith(...more: readonly Change[]): Promise<Catalog> {
  return exampleCatalog([
    { collection: "plugins", update: plugin.reference, set: { schemas } },
    { collection: "sourceConfigs", update: sourceConfig.reference, set: { data } },
    ...more,
  ]);
}

function check(catalog: Catalog, mountPath: string, more: Partial<VirtualSource> = {}): Promise<void> {
  return checkOutsideSources(catalog.objects, { ...vdb, ...more }, [{ environment: environment.reference, mountPath, sharedPath: "" }]);
}

describe("a mount point", () => {
  it.each([
    ["/srv/data", "it is /srv/data"],
    ["/srv/data/copies/one", "it lies in /srv/data"],
    ["/srv", "it holds /srv/data"],
    ["/var/logs/x", "it lies in /var/logs"],
    ["/srv/other/../data/x", "it lies in /srv/data"],
  ])("at %s is refused: %s", async (mountPath, reason) => {
    await expect(check(await catalogWith(), mountPath)).rejects.toMatchObject({
      code: "MOUNT_POINT_REFUSED",
      message: expect.stringContaining(`${reason}, which the dSource payroll is copied from: its next sync would copy the copy.`) as string,
      action: "Choose a directory apart from what payroll is copied from.",
      details: { dataset: dSource.reference },
    });
  });

  it.each(["/srv/database", "/srv/dat", "/srv/elsewhere/x", "/mnt/copy", "/var/log"])("at %s is left alone", async (mountPath) => {
    await check(await catalogWith(), mountPath);
  });

  it("is refused for a staging copy inside its own source", async () => {
    const catalog = await catalogWith();
    const mount = { environment: environment.reference, mountPath: "/srv/data/staging", sharedPath: "" };
    await expect(checkOutsideSources(catalog.objects, dSource, [mount])).rejects.toMatchObject({ code: "MOUNT_POINT_REFUSED" });
  });

  it("is compared with sources on its own host only, by whatever environment", async () => {
    const other = { ...environment, reference: "UNIX_HOST_ENVIRONMENT-2", name: "other", primaryUser: null } as const;
    const same = { collection: "environments", insert: other } as const;
    const mounts = [{ environment: other.reference, mountPath: "/srv/data/x", sharedPath: "" }];
    const hereToo = await catalogWith(same);
    await expect(checkOutsideSources(hereToo.objects, vdb, mounts)).rejects.toMatchObject({ code: "MOUNT_POINT_REFUSED" });
    const faraway = { ...host, reference: "UNIX_HOST-2", address: "far.example" } as const;
    const elsewhere = await catalogWith(
      { collection: "hosts", insert: faraway },
      { collection: "environments", insert: { ...other, host: faraway.reference } },
    );
    await checkOutsideSources(elsewhere.objects, vdb, mounts);
  });

  it("of a copy that is older than the dSource is left alone", async () => {
    await check(await catalogWith(), "/srv/data", { createdAt: "2020-01-01T00:00:00.000Z" });
  });
});
