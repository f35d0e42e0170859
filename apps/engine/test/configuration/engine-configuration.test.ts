import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configure } from "../../src/configuration/engine-configuration.ts";

let directory: string;

beforeAll(async () => {
  directory = await makeTestDirectory();
});
afterAll(() => removeTestDirectory(directory));

test.each(["no such user", "", "0", "--help", "root:x"])(
  "refuses the environment user %j, who is not there, before it makes anything",
  async (user) => {
    const dataDirectory = join(directory, "engine");
    const configuring = configure({ dataDirectory, environmentUsers: [userInfo().username, user] });
    await expect(configuring).rejects.toMatchObject({
      code: "HOST_USER_REFUSED",
      message: `There is no user ${JSON.stringify(user)} on this host.`,
      details: { user },
    });
    expect(existsSync(dataDirectory)).toBe(false);
  },
);

test("takes the environment users who are there", async () => {
  const environmentUsers = [userInfo().username];
  const { configuration } = await configure({ dataDirectory: join(directory, "engine"), environmentUsers });
  expect(configuration.environmentUsers).toEqual(environmentUsers);
});
