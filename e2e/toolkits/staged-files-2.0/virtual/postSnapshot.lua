local found = RunBash {
    command      = resources["describe.sh"],
    environment  = source.environment,
    user         = source.environmentUser,
    host         = source.host,
    variables    = { LIBRARY = resources["lib/json.sh"], DATA_PATH = source.dataDirectory },
    outputSchema = {
        type       = "object",
        required   = { "fileCount", "newest" },
        properties = { fileCount = { type = "integer" }, newest = { type = "string" } },
    },
}
return { files = { count = found.fileCount, newest = found.newest } }
