import type { Catalog } from "@opendvp/core";
import { FakeClock } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { ActionGroups } from "../../src/actions/action-groups.ts";
import { createActionUseCases } from "../../src/actions/action-use-cases.ts";
import { Refusals } from "../../src/actions/refusals.ts";
import { DirectChanges } from "../../src/use-cases/direct-changes.ts";
import { createUserUseCases, type UserUseCaseParts } from "../../src/users/user-use-cases.ts";
import { RefusingCatalog } from "../bench/refusing-catalog.ts";
import { temporaryCatalog } from "../bench/temporary-catalog.ts";

const ADMIN = { by: { name: "admin", role: "admin" } } as const;

async function open(given?: Catalog) {
  const catalog = given ?? (await temporaryCatalog());
  const clock = new FakeClock();
  const now = (): string => clock.now().toISOString();
  const passwords = {
    hash: (password: string) => Promise.resolve(`hash of ${password}`),
    verify: (password: string, hash: string) => Promise.resolve(hash === `hash of ${password}`),
  };
  const refusals = new Refusals({ catalog, clock, report: (error) => expect.unreachable(String(error)) });
  const ids = {} as UserUseCaseParts["ids"];
  const parts = { catalog, clock, now, passwords, refusals, changes: new DirectChanges(catalog, ids, now) };
  const users = createUserUseCases(parts as unknown as UserUseCaseParts);
  await users.create({ name: "ann", password: "right-password", role: "user" }, ADMIN);
  return { catalog, users, refusals, changes: parts.changes };
}

test("log-ins are recorded, those that fail as well, and never what was typed", async () => {
  const { catalog, users, refusals } = await open();
  await users.login("ann", "right-password");
  await expect(users.login("ann", "wrong-password")).rejects.toMatchObject({ code: "LOGIN_FAILED" });
  await expect(users.login("my-password-by-mistake", "ann")).rejects.toMatchObject({ code: "LOGIN_FAILED" });
  await refusals.written();
  const actions = await catalog.objects.actions.list();
  expect(actions.map(({ user, title, state, errorCode }) => [user, title, state, errorCode])).toEqual([
    ["admin", "Create user ann", "COMPLETED", null],
    ["ann", "Log in ann", "COMPLETED", null],
    ["ann", "Log in ann", "FAILED", "LOGIN_FAILED"],
    ["nobody", "Log in with an unknown name", "FAILED", "LOGIN_FAILED"],
  ]);
  expect(actions.map(({ asker }) => asker)).toEqual([null, "USER-1", "USER-1", null]);
  expect(JSON.stringify(actions)).not.toContain("password");
});

test.each(["engine", "nobody", "Engine"])("nobody is called %s, as the record calls somebody else", async (name) => {
  const { users, catalog } = await open();
  await expect(users.create({ name, password: "right-password", role: "user" }, ADMIN)).rejects.toMatchObject({ code: "NAME_TAKEN" });
  expect(await catalog.objects.users.count({ name })).toBe(0);
});

test("who may only look is let in while the catalog cannot be written", async () => {
  const catalog = new RefusingCatalog(await temporaryCatalog());
  const { users } = await open(catalog);
  const { key } = await users.login("ann", "right-password");
  catalog.refuse(1);
  expect(await users.authenticate(key)).toMatchObject({ name: "ann" });
});

test("attempts that the throttle turns away are recorded apart from those that were tried, and counted", async () => {
  const { catalog, users, refusals } = await open();
  for (let attempt = 0; attempt < 12; attempt++) await users.login("ann", "wrong-password").catch(() => undefined);
  await refusals.written();
  const failed = await catalog.objects.actions.list({ where: { state: "FAILED" } });
  expect(failed.map(({ errorCode, times }) => [errorCode, times])).toEqual([
    ["LOGIN_FAILED", 4],
    ["TOO_MANY_ATTEMPTS", 4],
  ]);
});

test("a login names its action, and is worth nothing after the logout, which is recorded as well", async () => {
  const { catalog, users } = await open();
  const { key, user, action } = await users.login("ann", "right-password");
  expect(await catalog.objects.actions.find(action)).toMatchObject({ operation: "login", asker: user.reference });
  const ended = await users.logout(key, { by: user });
  expect(await catalog.objects.actions.find(ended)).toMatchObject({ operation: "logout", title: "Log out ann", asker: user.reference });
  await expect(users.authenticate(key)).rejects.toMatchObject({ code: "NOT_LOGGED_IN" });
  expect(await catalog.objects.apiKeys.count()).toBe(0);
  await users.logout(key, { by: user });
});

test("what a front door has done by itself is recorded as done, with who asked", async () => {
  const { catalog, refusals, changes } = await open();
  const clock = new FakeClock();
  const report = (error: unknown): never => expect.unreachable(String(error));
  const parts = { catalog, clock, now: () => clock.now().toISOString(), signal: new AbortController().signal, report };
  const actions = createActionUseCases({ refusals, changes, groups: new ActionGroups(parts) });
  const [user] = await catalog.objects.users.list();
  const action = await actions.record(
    { title: "Hand out logs", operation: "plugin.logs", target: "APPDATA_TOOLKIT-1" },
    { by: user ?? ADMIN.by },
  );
  const done = { title: "Hand out logs", operation: "plugin.logs", target: "APPDATA_TOOLKIT-1", state: "COMPLETED" };
  expect(await catalog.objects.actions.find(action)).toMatchObject({ ...done, user: "ann", asker: "USER-1" });
});
