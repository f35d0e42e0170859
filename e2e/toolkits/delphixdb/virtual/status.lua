return RunBash {
    command      = resources["server.sh"],
    environment  = source.environment,
    user         = source.environmentUser,
    host         = source.host,
    variables    = { ACTION = "ask", DATA_PATH = source.dataDirectory },
    outputSchema = { type = "string" },
}
