import { expect, test } from "vitest";
import {
  Mount,
  MountSpecification,
  OwnershipSpecification,
  PasswordCredentials,
  RemoteConnection,
  RemoteEnvironment,
  RemoteHost,
  RemoteUser,
  SourceConnection,
  UserError,
} from "../src/index.ts";

const host = new RemoteHost({ name: "10.0.0.1", reference: "UNIX_HOST-1", binaryPath: "", scratchPath: "/tmp" });
const environment = new RemoteEnvironment("prod", "UNIX_HOST_ENVIRONMENT-1", host);

test.each([
  [
    "RemoteHost",
    () => new RemoteHost({ name: 1, reference: "", binaryPath: "", scratchPath: "" } as never),
    "'name' of RemoteHost is an integer; it must be a string",
  ],
  [
    "RemoteEnvironment",
    () => new RemoteEnvironment("a", "b", {} as never),
    "'host' of RemoteEnvironment is an object; it must be a RemoteHost",
  ],
  ["RemoteUser", () => new RemoteUser("a", null as never), "'reference' of RemoteUser is null; it must be a string"],
  [
    "RemoteConnection",
    () => Reflect.construct(RemoteConnection, [environment, { name: "a" }]) as unknown,
    "'user' of RemoteConnection is an object; it must be a RemoteUser",
  ],
  [
    "Mount",
    () => Reflect.construct(Mount, [7, "/a"]) as unknown,
    "'remoteEnvironment' of Mount is an integer; it must be a RemoteEnvironment or its reference",
  ],
  ["Mount path", () => new Mount(environment, undefined as never), "'mountPath' of Mount is missing; it must be a string"],
  [
    "OwnershipSpecification",
    () => new OwnershipSpecification(1.5, 1),
    "'uid' of OwnershipSpecification is a number; it must be an integer",
  ],
  [
    "MountSpecification",
    () => new MountSpecification(["/a"] as never),
    "'mounts[0]' of MountSpecification is a string; it must be a Mount",
  ],
  [
    "MountSpecification list",
    () => new MountSpecification({} as never),
    "'mounts' of MountSpecification is an object; it must be an array of Mount",
  ],
  [
    "PasswordCredentials",
    () => new PasswordCredentials("u", 1 as never),
    "'password' of PasswordCredentials is an integer; it must be a string",
  ],
  ["UserError", () => new UserError("m", "a", {} as never), "'output' of UserError is an object; it must be a string"],
])("%s names parameter, actual and expected type", (_name, make, message) => {
  expect(make).toThrow(`The argument ${message}.`);
});

test("an environment may be given by its reference, in the right form", () => {
  expect(new Mount("UNIX_HOST_ENVIRONMENT-3", "/a").remoteEnvironment).toBe("UNIX_HOST_ENVIRONMENT-3");
  expect(() => new Mount("production", "/a")).toThrow(/'production' is no reference of an environment/);
});

test("SourceConnection is another name of RemoteConnection", () => {
  expect(SourceConnection).toBe(RemoteConnection);
});
