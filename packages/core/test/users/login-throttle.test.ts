import { FakeClock } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { LoginThrottle } from "../../src/users/login-throttle.ts";

function waitOf(throttle: LoginThrottle, name: string): number {
  try {
    throttle.check(name);
    return 0;
  } catch (error) {
    expect(error).toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
    return (error as { details: { retryAfterSeconds: number } }).details.retryAfterSeconds;
  }
}

test("a few wrong passwords are free; then each further one costs a wait twice as long, up to a quarter of an hour", () => {
  const clock = new FakeClock();
  const throttle = new LoginThrottle(clock);
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 20; attempt++) {
    throttle.failed("admin");
    waits.push(waitOf(throttle, "admin"));
    clock.turn(20 * 60_000);
  }
  expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 1, 2, 4, 8]);
  expect(waits.slice(14)).toEqual([900, 900, 900, 900, 900, 900]);
});

test("the wait is over when its time has passed, and not before", () => {
  const clock = new FakeClock();
  const throttle = new LoginThrottle(clock);
  for (let attempt = 1; attempt <= 7; attempt++) throttle.failed("admin");
  expect(waitOf(throttle, "admin")).toBe(4);
  clock.turn(3_999);
  expect(waitOf(throttle, "admin")).toBe(1);
  clock.turn(1);
  expect(waitOf(throttle, "admin")).toBe(0);
});

test("nobody waits for another name, and a right password makes good", () => {
  const throttle = new LoginThrottle(new FakeClock());
  for (let attempt = 1; attempt <= 10; attempt++) throttle.failed("admin");
  expect(waitOf(throttle, "alice")).toBe(0);
  expect(waitOf(throttle, "admin")).toBeGreaterThan(0);
  throttle.succeeded("admin");
  expect(waitOf(throttle, "admin")).toBe(0);
  throttle.failed("admin");
  expect(waitOf(throttle, "admin")).toBe(0);
});

test("many made-up names do not free the one that is being tried again and again", () => {
  const throttle = new LoginThrottle(new FakeClock());
  for (let attempt = 1; attempt <= 10; attempt++) throttle.failed("admin");
  for (let name = 0; name < 9_999; name++) throttle.failed(`made up ${name}`);
  expect(waitOf(throttle, "admin")).toBeGreaterThan(0);
});
