import type { JsonObject } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { checkReferences } from "../../src/datasets/check-references.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const { plugin, environment } = EXAMPLES;
const HERE = environment.reference;
const reference = (referenceType: string, more: JsonObject = {}): JsonObject => ({
  type: "string",
  format: "reference",
  referenceType,
  ...more,
});

const schema: JsonObject = {
  type: "object",
  properties: {
    where: reference("UNIX_HOST_ENVIRONMENT"),
    who: reference("HOST_USER"),
    places: {
      type: "array",
      items: {
        type: "object",
        properties: { host: reference("UNIX_HOST_ENVIRONMENT"), user: reference("HOST_USER", { matches: "host" }) },
      },
    },
  },
};
const at = {
  plugin: { ...plugin, schemas: { ...plugin.schemas, virtualSourceDefinition: schema } },
  definition: "virtualSourceDefinition",
} as const;

test("parameters may refer to environments and users that exist, and to nothing else", async () => {
  const { objects } = await exampleCatalog();
  await checkReferences(objects, at, { where: HERE, who: "HOST_USER-1" });
  await checkReferences(objects, at, {});
  for (const value of [{ where: "UNIX_HOST_ENVIRONMENT-9" }, { who: "HOST_USER-9" }, { places: [{}, { host: "UNIX_HOST_ENVIRONMENT-9" }] }])
    await expect(checkReferences(objects, at, value)).rejects.toMatchObject({
      code: "PARAMETERS_INVALID",
      message: expect.stringMatching(/-9, which does not exist\.$/) as string,
    });
});

test("a user must be one of the environment beside it", async () => {
  const there = { ...environment, reference: "UNIX_HOST_ENVIRONMENT-2" as const, name: "there" };
  const { objects } = await exampleCatalog([{ collection: "environments", insert: there }]);
  await checkReferences(objects, at, { places: [{ host: HERE, user: "HOST_USER-1" }] });
  await expect(checkReferences(objects, at, { places: [{ host: there.reference, user: "HOST_USER-1" }] })).rejects.toMatchObject({
    code: "PARAMETERS_INVALID",
    message: "The parameter places[0].user names HOST_USER-1, which is no user of the environment in host.",
  });
  await checkReferences(objects, at, { places: [{ user: "HOST_USER-1" }] });
});
