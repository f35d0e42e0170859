import { withKnownEscapes, withoutHashLines, type Problem } from "@opendvp/model";

const PLACE = /^script:(\d+): /;

/** What Lua says of scripts that it cannot read. Runs none of them. */
export async function checkLuaSyntax(scripts: ReadonlyMap<string, string>): Promise<readonly Problem[]> {
  const { LuaFactory } = await import("wasmoon");
  const engine = await new LuaFactory().createEngine({ openStandardLibs: false, injectObjects: false });
  try {
    return [...scripts].flatMap(([file, script]): readonly Problem[] => {
      try {
        engine.global.loadString(withKnownEscapes(withoutHashLines(script)), "=script");
        return [];
      } catch (thrown) {
        const said = thrown instanceof Error ? thrown.message : String(thrown);
        return [{ file, line: Number(PLACE.exec(said)?.[1] ?? 1), where: "", message: `is no valid Lua: ${said.replace(PLACE, "")}` }];
      } finally {
        engine.global.setTop(0);
      }
    });
  } finally {
    engine.global.close();
  }
}
