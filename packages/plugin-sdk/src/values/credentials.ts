import type { CredentialsValue } from "@opendvp/model";
import { checkText } from "../arguments/check-argument.ts";

/** What a credentials supplier gave: PasswordCredentials or KeyPairCredentials. */
export abstract class Credentials {
  /** Empty when the supplier names none. */
  username: string;

  constructor(username: string) {
    checkText("Credentials", "username", username);
    this.username = username;
  }
}

export class PasswordCredentials extends Credentials {
  password: string;

  constructor(username: string, password: string) {
    super(username);
    checkText("PasswordCredentials", "password", password);
    this.password = password;
  }
}

export class KeyPairCredentials extends Credentials {
  privateKey: string;
  /** Empty when the supplier has none. */
  publicKey: string;

  constructor(username: string, privateKey: string, publicKey: string) {
    super(username);
    checkText("KeyPairCredentials", "privateKey", privateKey);
    checkText("KeyPairCredentials", "publicKey", publicKey);
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }
}

export function credentialsFromWire(value: CredentialsValue): PasswordCredentials | KeyPairCredentials {
  return value.type === "password"
    ? new PasswordCredentials(value.username, value.password)
    : new KeyPairCredentials(value.username, value.privateKey, value.publicKey);
}
