/** The types behind the platform's `$ref`s, by the name of the platform definition that they stand for. */
export const SUPPLIER_TYPES: Readonly<Record<string, string>> = {
  credentialsSupplier: "CredentialsSupplier",
  passwordCredentialsSupplier: "PasswordCredentialsSupplier",
  keyCredentialsSupplier: "KeyCredentialsSupplier",
};

/** Their declarations; written into the generated file where a schema uses one of them. */
export const CREDENTIALS_DECLARATIONS = `export interface NamedPasswordCredential {
  type: "NamedPasswordCredential"
  username?: string
  password: string
}

export interface NamedKeyPairCredential {
  type: "NamedKeyPairCredential"
  username?: string
  privateKey: string
  publicKey?: string
}

export interface CyberArkVaultCredential {
  type: "CyberArkVaultCredential"
  vault: string
  queryString: string
  expectedSecretType?: "any" | "password" | "keyPair"
}

export interface HashiCorpVaultCredential {
  type: "HashiCorpVaultCredential"
  vault: string
  engine: string
  path: string
  usernameKey?: string
  secretKey: string
  expectedSecretType?: "any" | "password" | "keyPair"
}

/** Credentials, or where to get them: hand it to \`libs.retrieveCredentials\`. */
export type CredentialsSupplier =
  | NamedPasswordCredential
  | NamedKeyPairCredential
  | CyberArkVaultCredential
  | HashiCorpVaultCredential

export type PasswordCredentialsSupplier = NamedPasswordCredential | CyberArkVaultCredential | HashiCorpVaultCredential

export type KeyCredentialsSupplier = NamedKeyPairCredential | CyberArkVaultCredential | HashiCorpVaultCredential
`;
