import { DEFINITION_NAMES, type DefinitionName, type SchemaDefinitions } from "@opendvp/model";
import { compile } from "json-schema-to-typescript";
import { CREDENTIALS_DECLARATIONS, SUPPLIER_TYPES } from "./credentials-types.ts";
import { indent } from "./indent.ts";
import { prepareSchema } from "./prepare-schema.ts";

const BANNER = "// Written by `dvp build` from the plugin's schema file. Changes here are lost: change the schemas.\n";

/**
 * The TypeScript declarations of a plugin's schemas: one interface for each definition, with the schema's own property
 * names, and `Definitions`, which the plugin object is made with. Equal schemas give equal text.
 */
export async function generateDefinitions(schemas: SchemaDefinitions): Promise<string> {
  const declarations: string[] = [];
  for (const name of DEFINITION_NAMES) declarations.push(indent((await declare(name, schemas)).trim()));
  const usesCredentials = Object.values(SUPPLIER_TYPES).some((type) => declarations.some((text) => text.includes(type)));
  const credentials = usesCredentials ? [CREDENTIALS_DECLARATIONS.trim()] : [];
  return `${[BANNER.trim(), ...credentials, ...declarations, definitionsInterface()].join("\n\n")}\n`;
}

async function declare(name: DefinitionName, schemas: SchemaDefinitions): Promise<string> {
  const typeName = typeNameOf(name);
  return compile({ ...prepareSchema(schemas[name], typeName) }, typeName, {
    additionalProperties: false,
    bannerComment: "",
    format: false,
    unknownAny: true,
    // Nothing is fetched from anywhere: all references have been checked to lead into the schema itself.
    $refOptions: { resolve: { external: false } },
  });
}

function definitionsInterface(): string {
  const members = DEFINITION_NAMES.map((name) => `  ${name.replace(/Definition$/, "")}: ${typeNameOf(name)}`);
  return `/** The plugin's own types: \`new DirectPlugin<Definitions>()\` or \`new StagedPlugin<Definitions>()\`. */\nexport interface Definitions {\n${members.join("\n")}\n}`;
}

function typeNameOf(name: DefinitionName): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
