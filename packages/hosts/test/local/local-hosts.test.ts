import { userInfo } from "node:os";
import { describeHostConnection } from "@opendvp/testkit";
import { createLocalHosts } from "../../src/index.ts";
import { localHost } from "./local-host.ts";

const isRoot = process.getuid?.() === 0;
const hosts = createLocalHosts({ allowedUsers: ["nobody", "root"] });

describeHostConnection("the engine's own host", {
  user: isRoot ? "nobody" : userInfo().username,
  refusedUser: isRoot ? "daemon" : "root",
  connect: () => hosts.connect(localHost),
});
