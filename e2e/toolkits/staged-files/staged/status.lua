return RunBash {
    command     = resources["mark.sh"],
    environment = source.stagingEnvironment,
    user        = source.stagingEnvironmentUser,
    variables   = { ACTION = "ask", TOOLKIT_PATH = source.toolkitPath, GUID = source.guid, DATA_PATH = source.dataDirectory },
    outputSchema = { type = "string" },
}
