/**
 * The process side of a legacy toolkit. The engine starts this file with `node`; descriptor 3 carries its messages, descriptor 4
 * ours, the argument is how many bytes Lua may use. Lua waits for what it calls, so everything here waits too: there is no
 * event loop once the first message is read.
 */
import { Engine } from "./engine.ts";
import { MessagePipe } from "./message-pipe.ts";
import { serve } from "./serve.ts";
import { LuaMachine } from "./vm/lua-machine.ts";

const engine = new Engine(new MessagePipe({ input: 3, output: 4 }));
const machine = await LuaMachine.load(Number(process.argv[2]));
process.exit(serve(engine, machine));
