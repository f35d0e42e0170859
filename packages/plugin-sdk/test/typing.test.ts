import { expect, test } from "vitest";
import { DirectPlugin, Mount, MountSpecification, StagedPlugin, Status } from "../src/index.ts";

/**
 * These are for the compiler: each `@ts-expect-error` fails the type check of the tests when the line below it compiles.
 * That nothing here throws is all that the run shows.
 */
interface Definitions {
  readonly repository: { readonly name: string; readonly version?: string };
  readonly sourceConfig: { readonly path: string };
  readonly linkedSource: { readonly exclude: readonly string[] };
  readonly virtualSource: { readonly port: number };
  readonly snapshot: { readonly takenAt: string; readonly kind?: "full" | "partial" };
  readonly snapshotParameters: { readonly resync: boolean };
}

test("handlers are typed by the plugin's definitions", () => {
  const plugin = new DirectPlugin<Definitions>();
  plugin.discovery.repository(({ sourceConnection }) => [{ name: sourceConnection.user.name, version: "1" }]);
  plugin.discovery.sourceConfig(async ({ repository }) => Promise.resolve([repository.name].map((path) => ({ path }))));
  plugin.linked.preSnapshot(({ directSource, optionalSnapshotParameters }) => {
    expect(directSource.parameters.exclude.length).toBe(optionalSnapshotParameters?.resync);
  });
  plugin.linked.postSnapshot(() => ({ takenAt: "now", kind: "full" }));
  plugin.virtual.configure(({ snapshot, virtualSource }) => ({ path: snapshot.takenAt + String(virtualSource.parameters.port) }));
  plugin.virtual.mountSpecification(({ virtualSource }) => new MountSpecification([new Mount(virtualSource.connection.environment, "/a")]));
  plugin.virtual.status(() => Status.ACTIVE);
  plugin.virtual.prepareSnapshot(({ snapshot }) => (snapshot.takenAt === "" ? null : { takenAt: "later" }));
});

test("what does not fit them does not compile", () => {
  const plugin = new DirectPlugin<Definitions>();
  // @ts-expect-error a field that the repository does not have is read
  plugin.discovery.sourceConfig(({ repository }) => [{ path: repository.nmae as string }]);
  // @ts-expect-error a required field is misspelled
  plugin.discovery.repository(() => [{ nmae: "x" }]);
  // @ts-expect-error an optional field is misspelled
  plugin.linked.postSnapshot(async () => Promise.resolve({ takenAt: "now", knid: "full" as const }));
  // @ts-expect-error a field has the wrong type
  plugin.virtual.configure(() => ({ path: 7 }));
  // @ts-expect-error a status is no free text
  plugin.virtual.status(() => "RUNNING");
  // @ts-expect-error the size is a number
  plugin.virtual.sourceSize(() => "large");
  // @ts-expect-error configure has no source config yet
  plugin.virtual.initialize(({ sourceConfig }) => ({ path: String(sourceConfig) }));
  // @ts-expect-error a direct plugin has no staging
  expect(plugin.linked.startStaging).toBeUndefined();
  const staged = new StagedPlugin<Definitions>();
  // @ts-expect-error a staged plugin has no direct source
  staged.linked.preSnapshot(({ directSource }) => expect(directSource).toBeUndefined());
  expect(staged.linked.startStaging).toBeTypeOf("function");
});
