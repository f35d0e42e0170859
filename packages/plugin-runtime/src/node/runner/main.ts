/**
 * The process side of a TypeScript plugin. The engine starts this file with `node`; descriptor 3 carries its messages,
 * descriptor 4 ours. It runs in a guarded process: besides node's own modules it can load plugin-protocol and nothing else.
 */
import { Socket } from "node:net";
import { serve } from "./serve.ts";

serve({
  input: new Socket({ fd: 3, readable: true, writable: false }),
  output: new Socket({ fd: 4, readable: false, writable: true }),
});
