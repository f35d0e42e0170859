import { bundlePrograms } from "./bundle-programs.ts";
import { PROGRAMS } from "./programs.ts";

for (const program of PROGRAMS) await bundlePrograms(program);
