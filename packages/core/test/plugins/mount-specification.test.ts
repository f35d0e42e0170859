import { EngineError, type Json } from "@opendvp/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readMountSpecification, type MountSpecification } from "../../src/plugins/mount-specification.ts";

const HERE = "UNIX_HOST_ENVIRONMENT-1";
const wrong = (wanted: string): EngineError => new EngineError("PLUGIN_RESULT_INVALID", `It is not ${wanted}.`);
const read = (value: Json): MountSpecification => readMountSpecification(value, wrong);

test("an environment may be given whole or as its reference", () => {
  const mounts = [
    { remoteEnvironment: HERE, mountPath: "/mnt/a" },
    { remoteEnvironment: { name: "here", reference: HERE }, mountPath: "/mnt/b", sharedPath: "/sub/dir/" },
    { remoteEnvironment: HERE, mountPath: "/mnt/c", sharedPath: null },
  ];
  expect(read({ mounts, ownershipSpecification: { uid: 0, gid: 100 } })).toEqual({
    mounts: [
      { environment: HERE, mountPath: "/mnt/a", sharedPath: "" },
      { environment: HERE, mountPath: "/mnt/b", sharedPath: "sub/dir" },
      { environment: HERE, mountPath: "/mnt/c", sharedPath: "" },
    ],
    ownership: { uid: 0, gid: 100 },
  });
  expect(read({ mounts: mounts.slice(0, 1), ownershipSpecification: null })).not.toHaveProperty("ownership");
});

const mount = { remoteEnvironment: HERE, mountPath: "/mnt/a" };

test.each<[string, Json]>([
  ["no object", null],
  ["no list of mounts", { mounts: mount }],
  ["no mount", { mounts: [] }],
  ["a mount that is none", { mounts: ["/mnt/a"] }],
  ["no environment", { mounts: [{ mountPath: "/mnt/a" }] }],
  ["a reference of another kind", { mounts: [{ ...mount, remoteEnvironment: "UNIX_HOST-1" }] }],
  ["no path", { mounts: [{ remoteEnvironment: HERE }] }],
  ["a path that is no text", { mounts: [{ ...mount, mountPath: 7 }] }],
  ["a path that is not absolute", { mounts: [{ ...mount, mountPath: "relative/path" }] }],
  ["an empty path", { mounts: [{ ...mount, mountPath: "" }] }],
  ["a shared path that is no text", { mounts: [{ ...mount, sharedPath: ["a"] }] }],
  ["the same place twice", { mounts: [mount, { ...mount, sharedPath: "sub" }] }],
  ["an owner without a group", { mounts: [mount], ownershipSpecification: { uid: 1 } }],
  ["an owner by name", { mounts: [mount], ownershipSpecification: { uid: "root", gid: 0 } }],
  ["a negative owner", { mounts: [mount], ownershipSpecification: { uid: -1, gid: 0 } }],
  ["the owner that means none", { mounts: [mount], ownershipSpecification: { uid: 2 ** 32 - 1, gid: 0 } }],
])("%s is refused", (_what, value) => {
  expect(() => read(value)).toThrow(expect.objectContaining({ code: "PLUGIN_RESULT_INVALID" }) as Error);
});

test.each([
  ["relative/path", `"relative/path"`],
  [`relative/${"p".repeat(72)}`, "one of 81 characters"],
])("a path that is not absolute is shown, or not at all: %s", (mountPath, shown) => {
  const told = {
    message: expect.stringContaining(`mounts at absolute paths: ${shown} is none`) as string,
    action: "If the path is one of your parameters, give an absolute one; else report it to the plugin's author.",
  };
  expect(() => read({ mounts: [{ ...mount, mountPath }] })).toThrow(expect.objectContaining(told) as Error);
});

test("whatever a plugin returns, it is read well formed or refused", () => {
  const anyEnvironment = fc.oneof(fc.constant(HERE), fc.constant({ reference: HERE }), fc.jsonValue());
  const anyMount = fc.oneof(
    fc.record(
      {
        remoteEnvironment: anyEnvironment,
        mountPath: fc.oneof(fc.string(), fc.jsonValue()),
        sharedPath: fc.oneof(fc.string(), fc.jsonValue()),
      },
      { requiredKeys: [] },
    ),
    fc.jsonValue(),
  );
  const anySpecification = fc.oneof(
    fc.record({ mounts: fc.array(anyMount, { maxLength: 3 }), ownershipSpecification: fc.jsonValue() }, { requiredKeys: ["mounts"] }),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(anySpecification, (value) => {
      let specification: MountSpecification;
      try {
        specification = read(value);
      } catch (error) {
        expect(error).toMatchObject({ code: "PLUGIN_RESULT_INVALID" });
        return;
      }
      expect(specification.mounts.length).toBeGreaterThan(0);
      for (const { environment, mountPath, sharedPath } of specification.mounts) {
        expect(environment).toBe(HERE);
        expect([typeof mountPath, typeof sharedPath]).toEqual(["string", "string"]);
        expect(sharedPath).not.toMatch(/^\/|\/$/);
      }
    }),
    { numRuns: 500 },
  );
});

test("nothing is mounted on a Windows host: that is no mistake of the plugin, and told as what it is", () => {
  for (const remoteEnvironment of ["WINDOWS_HOST_ENVIRONMENT-4", { name: "win", reference: "WINDOWS_HOST_ENVIRONMENT-4" }]) {
    expect(() => read({ mounts: [{ ...mount, remoteEnvironment }] })).toThrow(
      expect.objectContaining({
        code: "UNSUPPORTED",
        message: "The plugin wants the dataset mounted on WINDOWS_HOST_ENVIRONMENT-4: data cannot be mounted on Windows hosts by now.",
      }) as Error,
    );
  }
});
