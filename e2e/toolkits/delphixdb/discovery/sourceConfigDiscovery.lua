return RunBash {
    command      = resources["find-instances.sh"],
    environment  = remote.environment,
    user         = remote.environmentUser,
    host         = remote.host,
    variables    = { INSTALL_PATH = repository.installPath },
    outputSchema = {
        type  = "array",
        items = {
            type       = "object",
            properties = { dataPath = { type = "string" }, port = { type = "integer" }, dbName = { type = "string" } },
        },
    },
}
