import type { JsonObject } from "../json/json.ts";

/** The address under which plugins' schemas refer to the platform's own definitions. */
export const PLATFORM_SCHEMA_ID = "https://delphix.com/platform/api";

const secret = { type: "string", format: "password" } as const;
const text = { type: "string" } as const;
const filledText = { type: "string", minLength: 1 } as const;

type SecretType = "any" | "password" | "keyPair";

/** The kinds of secret that a supplier's vaults may be asked for; a supplier of one kind needs it said. */
interface SupplierRule {
  readonly expects: readonly SecretType[];
  readonly isExpectationRequired: boolean;
}

const ANY: SupplierRule = { expects: ["any", "password", "keyPair"], isExpectationRequired: false };
const PASSWORD: SupplierRule = { expects: ["password"], isExpectationRequired: true };
const KEY_PAIR: SupplierRule = { expects: ["keyPair"], isExpectationRequired: true };

function option(type: string, properties: JsonObject, required: readonly string[]): JsonObject {
  return {
    type: "object",
    properties: { type: { const: type }, ...properties },
    required: ["type", ...required],
    additionalProperties: false,
  };
}

const namedPassword = option("NamedPasswordCredential", { username: text, password: secret }, ["password"]);
const namedKeyPair = option("NamedKeyPairCredential", { username: text, privateKey: secret, publicKey: text }, ["privateKey"]);

function vaults({ expects, isExpectationRequired }: SupplierRule): readonly JsonObject[] {
  const expectedSecretType = { type: "string", enum: expects };
  const expectation = isExpectationRequired ? ["expectedSecretType"] : [];
  const vault = (referenceType: string): JsonObject => ({ type: "string", format: "reference", referenceType });
  return [
    option("CyberArkVaultCredential", { vault: vault("CyberArkPasswordVault"), queryString: filledText, expectedSecretType }, [
      "vault",
      "queryString",
      ...expectation,
    ]),
    option(
      "HashiCorpVaultCredential",
      {
        vault: vault("HashiCorpVault"),
        engine: filledText,
        path: filledText,
        usernameKey: text,
        secretKey: filledText,
        expectedSecretType,
      },
      ["vault", "engine", "path", "secretKey", ...expectation],
    ),
  ];
}

function supplier(options: readonly JsonObject[]): JsonObject {
  return { type: "object", required: ["type"], discriminator: { propertyName: "type" }, oneOf: options };
}

/** What `$ref: https://delphix.com/platform/api#/definitions/…` means: credentials given directly or kept in a vault. */
export const PLATFORM_SCHEMA: JsonObject & { readonly definitions: JsonObject } = {
  $id: PLATFORM_SCHEMA_ID,
  definitions: {
    credentialsSupplier: supplier([namedPassword, namedKeyPair, ...vaults(ANY)]),
    passwordCredentialsSupplier: supplier([namedPassword, ...vaults(PASSWORD)]),
    keyCredentialsSupplier: supplier([namedKeyPair, ...vaults(KEY_PAIR)]),
  },
};

/** Whether a `$ref` leads to one of the platform's definitions. */
export function isPlatformRef(ref: string): boolean {
  const prefix = `${PLATFORM_SCHEMA_ID}#/definitions/`;
  return ref.startsWith(prefix) && Object.hasOwn(PLATFORM_SCHEMA.definitions, ref.slice(prefix.length));
}
