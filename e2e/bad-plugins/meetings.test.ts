import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { jobError, waitForJob } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import type { JsonObject } from "@opendvp/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isRoot } from "../engine-under-test/index.ts";
import { startOddWorld, type OddLanguage, type OddWorld } from "./odd-world.ts";
import { openTypedUpload, type TypedUpload } from "./typed-upload.ts";

const ANN = { username: "ann", password: "correct-horse-battery" };

describe.skipIf(!isRoot)("uploads that meet each other, an operation or an end (need root)", () => {
  let world: OddWorld;

  beforeAll(async () => {
    world = await startOddWorld();
    await world.engine.client.accounts.create({ body: { ...ANN, role: "admin" } });
  }, 180_000);
  afterAll(() => world[Symbol.asyncDispose]());

  const typed = (version?: readonly [number, number, number]): Promise<TypedUpload> =>
    openTypedUpload({ address: world.engine.client.address, ...ANN }, version === undefined ? undefined : [...version]);
  const edition = (language: OddLanguage, changes: JsonObject): Uint8Array =>
    new TextEncoder().encode(JSON.stringify({ ...world.of(language).artifact, ...changes }));
  const upload = (body: Uint8Array): ReturnType<OddWorld["engine"]["client"]["plugins"]["upload"]> =>
    world.engine.client.plugins.upload({ body });
  const ended = async (job: Job | null): Promise<Job> => waitForJob(world.engine.client, job?.id ?? "");
  const version = async (language: OddLanguage): Promise<string> =>
    (await world.engine.client.plugins.show({ params: { pluginId: world.of(language).plugin } })).build_number;

  async function slowProvision(language: OddLanguage, name: string): Promise<() => Promise<unknown>> {
    const underWay = world.provision(language, name, "slow");
    await expect
      .poll(async () =>
        (await world.engine.client.jobs.list({})).items.some(({ step, end_time }) => step === "configure" && end_time === null),
      )
      .toBe(true);
    return () => underWay;
  }

  test("the same version comes over both APIs at once: it is there once", async () => {
    const body = edition("typescript", { buildNumber: "1.1" });
    const session = await typed();
    const [rest, other] = await Promise.all([upload(body), session.send(body)]);
    expect(jobError(await ended(rest.job))).toBeUndefined();
    expect(other).toMatchObject({ status: "OK" });
    await waitForJob(world.engine.client, other.job ?? "");
    expect(await version("typescript")).toBe("1.1");
    expect(await world.state()).toMatchObject({
      plugins: { length: world.languages.length },
      artifacts: { length: world.languages.length + 1 },
    });
    expect(await world.provision("typescript", "after-both")).toBeUndefined();
  });

  test("a higher and a lower version at once: the higher one is what stays", async () => {
    const bodies = ["1.2", "1.3"].map((buildNumber) => edition("typescript", { buildNumber }));
    const came = await Promise.allSettled(bodies.map(upload));
    for (const one of came) if (one.status === "fulfilled") await ended(one.value.job);
    expect(await version("typescript")).toBe("1.3");
    expect(await world.provision("typescript", "after-race")).toBeUndefined();
  });

  test("different plugins at once do not hold each other up", async (ctx) => {
    if (!world.languages.includes("python")) return ctx.skip("needs a Python");
    const [first, second] = await Promise.all([
      upload(edition("typescript", { buildNumber: "1.4" })),
      upload(edition("python", { buildNumber: "1.4" })),
    ]);
    expect([jobError(await ended(first.job)), jobError(await ended(second.job))]).toEqual([undefined, undefined]);
    expect([await version("typescript"), await version("python")]).toEqual(["1.4", "1.4"]);
  });

  test("one that comes during an operation of the same plugin waits for it; another's does not; a bad one is refused at once", async () => {
    const provisioned = await slowProvision("typescript", "slow");
    const waiting = (await upload(edition("typescript", { buildNumber: "1.5" }))).job;
    const patched = await upload(edition("toolkit", { name: "odd-other", version: "1.0.0" }));
    expect(patched.job).toBeNull();
    expect(await world.refusalOf(edition("typescript", { buildNumber: "1.6", snapshotSchema: "none" }))).toMatchObject({
      code: "PLUGIN_INVALID",
    });
    expect(await provisioned()).toBeUndefined();
    expect(jobError(await ended(waiting))).toBeUndefined();
    expect(await version("typescript")).toBe("1.5");
    await world.engine.client.plugins.delete({ params: { pluginId: "odd-other" } });
  });

  test("a toolkit whose datasets are up is not upgraded: they are named, and work on", async () => {
    const error = await world.refusalOf(edition("toolkit", { version: "1.1.0" }));
    expect(error).toMatchObject({ code: "STATE_UNSUITABLE" });
    expect(error?.message).toMatch(
      /odd-toolkit 1\.0\.0 can be upgraded to 1\.1\.0 only while its datasets are disabled; these are not: .*copy-toolkit/,
    );
    expect(await world.provision("toolkit", "after-refusal")).toBeUndefined();
  });

  test("what the typed-object API refuses it refuses by the same words", async () => {
    const before = await world.state();
    const bad = await (await typed()).send(edition("typescript", { buildNumber: "9", language: "COBOL" }));
    expect(bad).toMatchObject({
      status: "ERROR",
      error: { details: expect.stringMatching(/plugin odd-typescript 9: language: must be one of/) as string },
    });
    const broken = edition("toolkit", {
      version: "9.0.0",
      virtualSourceDefinition: { type: "ToolkitVirtualSource", parameters: { type: "object", properties: {} }, configure: "end" },
    });
    expect(await (await typed()).send(broken)).toMatchObject({
      status: "ERROR",
      error: { details: expect.stringMatching(/Odd Toolkit 9\.0\.0.*virtual\/configure\.lua:1/) as string },
    });
    const elsewhere = await (await typed([1, 10, 0])).send(edition("toolkit", { version: "1.0.1" }));
    expect(elsewhere).toMatchObject({
      error: {
        details: expect.stringMatching(
          /toolkit odd-toolkit 1\.0\.1 was built for the API 1\.11\.16, but the session was opened for 1\.10\.0/,
        ) as string,
      },
    });
    expect(await world.state()).toEqual(before);
  });

  test("one that is cut off in the middle leaves nothing, on either API", async () => {
    const before = await world.state();
    const body = Buffer.from(edition("typescript", { buildNumber: "9" }));
    const { hostname, port } = new URL(world.engine.client.address);
    const session = await typed();
    const form = Buffer.concat([
      Buffer.from(`--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n${session.token}\r\n`),
      Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n'),
      body,
      Buffer.from("\r\n--x--\r\n"),
    ]);
    const { access_token } = await world.engine.client.session.login({ body: ANN });
    const requests = [
      { head: `POST /v3/plugins HTTP/1.1\r\nAuthorization: apk ${access_token}\r\nContent-Type: application/json`, content: body },
      {
        head: `POST /resources/json/delphix/data/upload HTTP/1.1\r\nCookie: ${session.cookie}\r\nContent-Type: multipart/form-data; boundary=x`,
        content: form,
      },
    ];
    for (const { head, content } of requests) {
      const socket = connect(Number(port), hostname);
      socket.on("error", () => undefined);
      socket.write(`${head}\r\nHost: ${hostname}\r\nContent-Length: ${String(content.length)}\r\n\r\n`);
      socket.write(content.subarray(0, content.length / 2));
      await sleep(300);
      socket.destroy();
    }
    await sleep(300);
    expect(await world.state()).toEqual(before);
    expect(await world.provision("typescript", "after-cut")).toBeUndefined();
  });
});
