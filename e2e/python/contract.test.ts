import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { findPythons, PYTHON_LANGUAGES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { installPlugin, isRoot, nameInterpreter, startEngineUnderTest } from "../engine-under-test/index.ts";
import { writeContractPlugin } from "./contract-plugin.ts";

const pythons = await findPythons();

test.for(PYTHON_LANGUAGES)("what plugins rely on is there in Python %s", { timeout: 120_000 }, async ([version, language], { skip }) => {
  const interpreter = pythons.get(version);
  if (!isRoot || interpreter === undefined) return skip(`needs root and Python ${version}`);
  const echo = createServer((socket) => socket.on("data", (data) => socket.end(`hello ${data.toString()}`)));
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  await using engine = await startEngineUnderTest({ storage: "embedded:1G" });
  try {
    await nameInterpreter(engine, language, interpreter);
    const { port } = echo.address() as AddressInfo;
    await installPlugin(engine, "contract", await writeContractPlugin(join(engine.directory, "plugin"), language, port));
    const [repository] = (await engine.client.repositories.list({})).items;
    expect(repository?.parameters["report"]).toEqual({
      comes_first_on_the_path: [true, []],
      finds_hosts_by_reference_alone: "reached",
      gives_text: [true, true, 3],
      has_helpers: [["scripts", "bin"], "yes"],
      has_jq: "[1,2]",
      has_scratch: "yes",
      leaves_daemons_behind: [true, 0],
      passes_every_kind_of_text: "könïg",
      passes_long_variables: "16384",
      reaches_the_network: "hello plugin",
      refuses_foreign_credentials: [true, true],
      refuses_other_values: [true, true, true],
      refuses_upgrade_passwords: true,
      runs_expect: "42 w",
      runs_resources_in_bash: "hello from bash",
      tells_of_failed_scripts: [5, "o\n", "e\n"],
      uses_login_shell: "yes",
      works_at_home: "yes",
    });
  } finally {
    echo.close();
  }
});
