import { userInfo } from "node:os";
import type { Json, JsonObject } from "@opendvp/model";
import type { Change } from "@opendvp/core";
import { createLocalHosts } from "@opendvp/hosts";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, onTestFinished, test } from "vitest";
import { connectionValue } from "../../src/datasets/scenes.ts";
import { createPlatformLibraries } from "../../src/plugins/platform-libraries.ts";
import type { PlatformLibraries } from "../../src/ports/plugin-runtime.ts";
import { exampleCatalog } from "../bench/example-catalog.ts";

const ME = userInfo().username;
const PASSWORD: JsonObject = { type: "NamedPasswordCredential", username: "sa", password: "hunter2" };
const KEYS: JsonObject = { type: "NamedKeyPairCredential", privateKey: "-----BEGIN" };
const connection = connectionValue({ environment: EXAMPLES.environment, host: EXAMPLES.host, user: EXAMPLES.environmentUser });

/** Libraries on this machine; the environment user is whoever runs the test. */
async function libraries(args: Json = {}, more: readonly Change[] = []): Promise<PlatformLibraries> {
  const { reference } = EXAMPLES.environmentUser;
  const catalog = await exampleCatalog([{ collection: "environmentUsers", update: reference, set: { name: ME } }, ...more]);
  const hosts = createLocalHosts({ allowedUsers: [ME] });
  onTestFinished(() => hosts.close());
  return createPlatformLibraries({ catalog, hosts }, { mark: "toy:", signal: new AbortController().signal, arguments: args });
}

const command = { command: 'printf "%s" "$WORD"; exit 3', variables: { WORD: "a 'b' \"c\"" }, useLoginShell: false };

test("a command runs as the environment user, its variables in its environment", async () => {
  const { runBash } = await libraries();
  expect(await runBash({ ...command, remoteConnection: connection })).toEqual({ exitCode: 3, stdout: "a 'b' \"c\"", stderr: "" });
});

test("of a connection only the references count: plugins make up the rest", async () => {
  const { runBash } = await libraries();
  const host = { name: "", reference: "", binaryPath: "", scratchPath: "" };
  const made = {
    environment: { name: "made up", reference: EXAMPLES.environment.reference, host },
    user: { name: "x", reference: "HOST_USER-1" },
  };
  expect(await runBash({ ...command, remoteConnection: made })).toMatchObject({ exitCode: 3 });
});

test("a user or host that the engine does not know is refused by its reference", async () => {
  const { runBash, runSync } = await libraries();
  for (const reference of ["HOST_USER-99", "root", "UNIX_HOST-1", "'; rm -rf /"]) {
    const remoteConnection = { ...connection, user: { name: ME, reference } };
    await expect(runBash({ ...command, remoteConnection })).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  const nowhere = {
    ...connection.environment,
    reference: "UNIX_HOST_ENVIRONMENT-9",
    host: { ...connection.environment.host, reference: "UNIX_HOST-9" },
  };
  await expect(runBash({ ...command, remoteConnection: { ...connection, environment: nowhere } })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(
    runSync({ remoteConnection: connection, sourceDirectory: "/", rsyncUser: null, excludePaths: [], symLinksToFollow: [] }),
  ).rejects.toMatchObject({ code: "UNSUPPORTED" });
});

test("a user works on the host of the own environment only, whatever a plugin puts together", async () => {
  const other = {
    ...EXAMPLES.environment,
    reference: "UNIX_HOST_ENVIRONMENT-2",
    name: "other",
    host: "UNIX_HOST-2",
    primaryUser: null,
  } as const;
  const twin = { ...other, reference: "UNIX_HOST_ENVIRONMENT-3", name: "twin", host: EXAMPLES.host.reference } as const;
  const { runBash, runExpect } = await libraries({}, [
    { collection: "hosts", insert: { ...EXAMPLES.host, reference: "UNIX_HOST-2" } },
    { collection: "environments", insert: other },
    { collection: "environments", insert: twin },
  ]);
  const at = (environment: string, host: string) => ({
    ...connection,
    environment: { ...connection.environment, reference: environment, host: { ...connection.environment.host, reference: host } },
  });
  const { reference: own } = EXAMPLES.environment;
  const strange = [at(other.reference, "UNIX_HOST-2"), at(other.reference, ""), at(own, "UNIX_HOST-2"), at("", "UNIX_HOST-2")];
  // Another environment on the very same host has users of its own, and one that is not there has none.
  for (const remoteConnection of [...strange, at(twin.reference, "UNIX_HOST-1"), at("UNIX_HOST_ENVIRONMENT-9", "UNIX_HOST-1")]) {
    for (const run of [runBash, runExpect])
      await expect(run({ ...command, remoteConnection })).rejects.toMatchObject({
        code: "PLUGIN_REFUSED",
        message: expect.stringContaining(`that is a user of ${own}.`) as string,
      });
  }
  for (const remoteConnection of [at(own, "UNIX_HOST-1"), at(own, ""), at("", "UNIX_HOST-1"), at("made up", "UNIX_HOST-1")])
    expect(await runBash({ ...command, remoteConnection })).toMatchObject({ exitCode: 3 });
});

test("credentials are given for a supplier that stands in the operation's parameters, in whatever order its members come back", async () => {
  const { retrieveCredentials } = await libraries({ virtualSource: { parameters: { accounts: [{ login: PASSWORD }], keys: KEYS } } });
  expect(await retrieveCredentials(PASSWORD)).toEqual({ type: "password", username: "sa", password: "hunter2" });
  const turned = Object.fromEntries(Object.entries(PASSWORD).reverse());
  expect(await retrieveCredentials(turned)).toEqual({ type: "password", username: "sa", password: "hunter2" });
  expect(await retrieveCredentials(KEYS)).toEqual({ type: "keyPair", username: "", privateKey: "-----BEGIN", publicKey: "" });
});

test("one that was changed, cut down, or comes from elsewhere is refused, and the refusal shows nothing of it", async () => {
  const { retrieveCredentials } = await libraries({ virtualSource: { parameters: { login: PASSWORD } } });
  const made: readonly JsonObject[] = [
    { ...PASSWORD, username: "root" },
    { ...PASSWORD, more: 1 },
    { type: "NamedPasswordCredential", password: "hunter2" },
    KEYS,
    { type: "HashiCorpVaultCredential", vault: "HASHICORP_VAULT-2", engine: "kv", path: "admin", secretKey: "x" },
  ];
  for (const supplier of made) {
    const error: unknown = await retrieveCredentials(supplier).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "PLUGIN_REFUSED" });
    expect(String(error)).not.toContain("hunter2");
  }
});

test("a vault, PowerShell and an upgrade's own function say why they do not work here", async () => {
  const vault = { type: "CyberArkVaultCredential", vault: "CYBERARK_PASSWORD_VAULT-1", queryString: "q" };
  const here = await libraries({ parameters: vault });
  await expect(here.retrieveCredentials(vault)).rejects.toMatchObject({ code: "UNSUPPORTED" });
  await expect(here.runPowershell({ ...command, remoteConnection: connection })).rejects.toMatchObject({ code: "UNSUPPORTED" });
  await expect(here.upgradePassword("x", null)).rejects.toMatchObject({ code: "UNSUPPORTED" });
});
