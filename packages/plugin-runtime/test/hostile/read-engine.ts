import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { UserError } from "@opendvp/plugin-sdk";
import { attempts, hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(({ engineFiles = [], enginePid = 1, otherPid = 1 }) => {
  const ofProcess = [enginePid, otherPid, 1].flatMap((pid) =>
    ["environ", "maps", "mem", "root", "cwd", "fd"].map((file) => `/proc/${pid}/${file}`),
  );
  const places = [...engineFiles, ...ofProcess, "/etc/shadow", "/root", "/home", "/var", "/sys", "/dev/kmsg", "/dev/mem", "/proc/kcore"];
  const tried = places.flatMap((place): readonly (readonly [string, () => unknown])[] => [
    [`read ${place}`, () => readFileSync(place)],
    [`list ${place}`, () => readdirSync(place)],
    [`follow ${place}`, () => readlinkSync(place)],
  ]);
  const variables = Object.keys(process.env).filter((name) => !/^(PATH|LANG|PWD|OLDPWD|SHLVL|_|OPENDVP_CHILD)$/.test(name));
  throw new UserError("what I could do", "", JSON.stringify([...attempts(Object.fromEntries(tried)), ...variables]));
});
