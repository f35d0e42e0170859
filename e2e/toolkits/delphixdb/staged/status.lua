return RunBash {
    command      = resources["server.sh"],
    environment  = source.stagingEnvironment,
    user         = source.stagingEnvironmentUser,
    host         = source.stagingHost,
    variables    = { ACTION = "ask", DATA_PATH = source.dataDirectory },
    outputSchema = { type = "string" },
}
