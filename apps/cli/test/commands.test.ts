import { describe, expect, it } from "vitest";
import { createDvp } from "./dvp.ts";

describe("dvp", () => {
  it.each([
    [["environment", "list"], /NAME +ID +HOST[\s\S]*local +UNIX_HOST_ENVIRONMENT-1 +localhost/],
    [["environment", "show", "local"], /Scratch path +\/var\/tmp[\s\S]*app \(primary\)/],
    [["environment", "update", "local", "--description", "here", "--primary-user", "app"], /local is changed/],
    [["environment", "rename", "local", "other"], /is now called other/],
    [["environment", "refresh", "local"], /done in/],
    [["environment", "create", "second", "--user", "app"], /create second: done in/],
    [["environment", "delete", "local", "--yes"], /done in/],
    [["environment", "user", "add", "local", "batch"], /can now run as batch \(HOST_USER-2\)/],
    [["environment", "user", "list", "local"], /app +HOST_USER-1 +yes/],
    [["environment", "user", "remove", "local", "app"], /app is removed/],
    [["repository", "list"], /Directories +APPDATA_REPOSITORY-1 +directory +local +yes/],
    [["source", "list"], /payroll-files +APPDATA_SOURCE_CONFIG-1/],
    [["source", "show", "payroll-files"], /Parameters +\{"path":"\/srv\/payroll"\}/],
    [["source", "add", "--repository", "Directories", "--param", "path=/srv/new"], /Added the source APPDATA_SOURCE_CONFIG-2/],
    [["source", "update", "payroll-files", "--param", "path=/srv/x"], /is changed/],
    [["source", "delete", "payroll-files", "--yes"], /is deleted/],
    [["dsource", "link", "second", "--source", "payroll-files", "--param", "depth=3", "--hook", "pre-sync=true"], /link second: done in/],
    [["dsource", "sync", "payroll", "--resync"], /sync payroll: done in/],
    [["dsource", "list"], /payroll +APPDATA_CONTAINER-1 +directory +ACTIVE +1 +1\.4 MiB/],
    [["dsource", "show", "payroll", "--bytes"], /Content on the pool +1500000/],
    [["dsource", "update", "payroll", "--param", "depth=4"], /is changed/],
    [["dsource", "rename", "payroll", "wages"], /is now called wages/],
    [["dsource", "enable", "payroll"], /done in/],
    [["dsource", "disable", "payroll", "--force"], /done in/],
    [
      ["snapshot", "list", "--dataset", "payroll"],
      /^ID +NAME[\s\S]*APPDATA_SNAPSHOT-1[\s\S]*APPDATA_SNAPSHOT-2(?![\s\S]*APPDATA_SNAPSHOT-3)/,
    ],
    [["snapshot", "show", "APPDATA_SNAPSHOT-1"], /Deleting it frees +2\.0 KiB/],
    [["snapshot", "create", "vdb1", "--name", "mine"], /done in/],
    [["snapshot", "delete", "APPDATA_SNAPSHOT-1", "--yes"], /done in/],
    [["vdb", "provision", "v2", "--from", "payroll", "--param", "mountPath=/mnt/v2", "--param", "port=5433"], /provision v2: done in/],
    [["vdb", "provision", "v2", "--snapshot", "APPDATA_SNAPSHOT-1", "--repository", "Directories"], /done in/],
    [["vdb", "provision", "v2", "--from", "vdb1", "--at", "2026-11-21T13:00Z", "--environment", "local"], /done in/],
    [["vdb", "create-empty", "v2", "--repository", "Directories", "--params", '{"mountPath":"/mnt/v2"}'], /done in/],
    [["action", "list", "--user", "admin", "--since", "2026-11-01"], /^ID +WHEN +USER +WHAT +STATUS +JOB/],
    [["vdb", "list"], /vdb1 +APPDATA_CONTAINER-2 +user +payroll +ACTIVE +4\.0 KiB/],
    [["vdb", "show", "vdb1"], /Parent +payroll[\s\S]*Configuration +\{"path":"\/mnt\/data"\}/],
    [["vdb", "update", "vdb1", "--description", "mine"], /is changed/],
    [["vdb", "rename", "vdb1", "v9"], /is now called v9/],
    [["vdb", "start", "vdb1"], /done in/],
    [["vdb", "stop", "vdb1"], /done in/],
    [["vdb", "enable", "vdb1"], /done in/],
    [["vdb", "disable", "vdb1"], /done in/],
    [["vdb", "refresh", "vdb1"], /done in/],
    [["vdb", "refresh", "vdb1", "--at", "2026-11-21"], /done in/],
    [["vdb", "rewind", "vdb1", "--snapshot", "APPDATA_SNAPSHOT-3"], /done in/],
    [["vdb", "rewind", "vdb1", "--at", "2026-11-21T13:00+01:00"], /done in/],
    [["vdb", "undo", "vdb1"], /done in/],
    [["vdb", "snapshot", "vdb1"], /done in/],
    [["vdb", "delete", "vdb1", "--yes"], /done in/],
    [["timeflow", "list"], /APPDATA_TIMEFLOW-1 +payroll +LINK +yes/],
    [["timeflow", "delete", "APPDATA_TIMEFLOW-1", "--yes"], /done in/],
    [["plugin", "list"], /directory +APPDATA_TOOLKIT-1 +1\.0 +DIRECT/],
    [["plugin", "show", "directory"], /Operations +discovery\.repository/],
    [["plugin", "delete", "directory", "--yes"], /is deleted/],
    [["job", "list"], /^ID +WHAT/],
    [["hook", "list", "vdb1"], /POINT +NAME +COMMAND/],
    [["hook", "set", "vdb1", "pre-refresh", "--command", "true"], /vdb1 now has 1 hook at pre-refresh/],
    [["hook", "remove", "vdb1", "pre-refresh"], /no hooks at pre-refresh/],
    [["fault", "list"], /FAULT-1 +vdb1 +ACTIVE/],
    [["fault", "resolve", "FAULT-1"], /FAULT-1 is resolved/],
    [["user", "list"], /admin +USER-1 +admin/],
    [["user", "delete", "reader", "--yes"], /is deleted/],
    [["apikey", "create", "ci"], /^key-API_KEY-5/],
    [["apikey", "list"], /test +API_KEY-1 +admin/],
    [["apikey", "delete", "API_KEY-4"], /is deleted/],
    [["pool", "list"], /main +STORAGE_POOL-1 +btrfs +yes +976\.6 KiB/],
    [["pool", "show", "main"], /Can do +thin copies.*\nCannot do +quotas/],
    [["engine", "status"], /Missing guards +cgroups/],
  ])("%j says what it did or found", async (args, expected) => {
    const { dvp } = await createDvp();
    const { exitCode, out, err } = await dvp(...args);
    expect([exitCode, err.includes("Error")]).toEqual([0, false]);
    expect(out).toMatch(expected);
  });

  it.each([
    ["environment", "show", "local"],
    ["environment", "user", "list", "local"],
    ["repository", "list"],
    ["source", "add", "--repository", "Directories", "--params", "{}"],
    ["dsource", "sync", "payroll"],
    ["vdb", "list", "--limit", "1"],
    ["vdb", "stop", "vdb1", "--no-wait"],
    ["snapshot", "show", "APPDATA_SNAPSHOT-1"],
    ["hook", "list", "payroll"],
    ["job", "list"],
    ["engine", "status"],
    ["source", "delete", "payroll-files", "--yes"],
  ])("prints one JSON object and nothing else with --json: %s %s", async (...args) => {
    const { dvp } = await createDvp();
    const ran = await dvp(...args, "--json");
    expect(ran.exitCode).toBe(0);
    expect(typeof ran.json()).toBe("object");
  });
});
