import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createDvp } from "./dvp.ts";

describe("dvp login", () => {
  it("keeps the key for later commands in a file that only its owner can read", async () => {
    const { dvpWith, address, home } = await createDvp();
    const login = await dvpWith({ stdin: "operator-secret\n" }, "login", "--engine", address, "--user", "operator", "--password-stdin");
    expect([login.exitCode, login.out]).toEqual([0, expect.stringMatching(/^Logged in to http:\S+ as operator \(operator\) until/)]);
    const file = join(home, ".config", "opendvp", "credentials.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).not.toContain("operator-secret");
    expect((await dvpWith({}, "vdb", "list")).exitCode).toBe(0);
  });

  it("refuses a wrong password, and keeps nothing", async () => {
    const { dvpWith, address, home } = await createDvp();
    const env = { DVP_PASSWORD: "wrong" };
    expect((await dvpWith({ env }, "login", "--engine", address, "--user", "operator")).exitCode).toBe(5);
    await expect(stat(join(home, ".config"))).rejects.toThrow("ENOENT");
  });

  it("takes engine, user and password from ~/.dvp/config as the field's public tool does", async () => {
    const { dvpWith, address, home } = await createDvp();
    await mkdir(join(home, ".dvp"));
    const settings = `[other]\nuser = nobody\n[default]\nengine = ${address}\nuser = reader\npassword = reader-secret\n`;
    await writeFile(join(home, ".dvp", "config"), settings);
    expect((await dvpWith({}, "vdb", "list")).exitCode).toBe(0);
    const refused = await dvpWith({}, "vdb", "stop", "vdb1");
    expect([refused.exitCode, refused.err]).toEqual([5, expect.stringContaining("needs the role user, and reader has the role reader")]);
  });

  it("shows the password of ~/.dvp/config to no other engine than the one that is named there", async () => {
    const { dvpWith, address, home } = await createDvp();
    const configure = (engine: string) =>
      writeFile(join(home, ".dvp", "config"), `[default]\n${engine}user = reader\npassword = reader-secret\n`);
    await mkdir(join(home, ".dvp"));
    for (const other of ["engine = elsewhere.example\n", "engine = http://no address\n"]) {
      await configure(other);
      const ran = await dvpWith({}, "vdb", "list", "--engine", address);
      expect([ran.exitCode, ran.err]).toEqual([5, expect.stringContaining("There is no login for the engine at")]);
    }
    await configure("");
    expect((await dvpWith({}, "vdb", "list", "--engine", address)).exitCode).toBe(0);
    await configure(`engine = ${address.replace("http://", "")}\n`);
    expect((await dvpWith({}, "vdb", "list", "--engine", address)).exitCode).toBe(0);
  });

  it("is asked for where it is missing", async () => {
    const { dvpWith, address } = await createDvp();
    const ran = await dvpWith({}, "vdb", "list", "--engine", address);
    expect([ran.exitCode, ran.err]).toEqual([5, expect.stringContaining("Log in with `dvp login`")]);
  });

  it("warns of a password in an argument, where the field's public tool takes one", async () => {
    const { dvpWith, address, home } = await createDvp();
    await writeFile(join(home, "artifact.json"), '{"name":"mine"}');
    const args = ["upload", "-e", address, "-u", "admin", "--password", "admin-secret", "-a", join(home, "artifact.json"), "--wait"];
    const ran = await dvpWith({}, ...args);
    expect([ran.exitCode, ran.out]).toEqual([0, "Installed as APPDATA_TOOLKIT-2.\n"]);
    expect(ran.err).toMatch(/^Warning: a password in an argument can be seen/);
  });
});

describe("dvp user and apikey", () => {
  it("lets somebody in, with a password from standard input, and with a key", async () => {
    const { dvp, dvpWith, address, keys } = await createDvp();
    const env = { DVP_ENGINE: address, DVP_API_KEY: keys.admin };
    expect((await dvpWith({ env, stdin: "s3cret" }, "user", "add", "ada", "--role", "reader", "--password-stdin")).out).toMatch(
      /Added ada/,
    );
    expect((await dvpWith({ env, stdin: "other" }, "user", "password", "ada", "--password-stdin")).exitCode).toBe(0);
    const login = await dvpWith({ stdin: "other" }, "login", "--engine", address, "-u", "ada", "--password-stdin");
    expect(login.exitCode).toBe(0);
    const { token } = (await dvp("apikey", "create", "ci", "--user", "ada", "--json")).json();
    const whoami = await dvpWith({ env: { DVP_ENGINE: address, DVP_API_KEY: String(token) } }, "user", "delete", "ada", "--yes");
    expect(whoami.exitCode).toBe(5);
  });
});
