local checksum = RunBash {
    command      = resources["checksum.sh"],
    environment  = source.environment,
    user         = source.environmentUser,
    host         = source.host,
    variables    = { DATA_PATH = source.dataDirectory },
    outputSchema = { type = "string" },
}
return { snapshotID = checksum }
