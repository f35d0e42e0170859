local checksum = RunBash {
    command      = resources["checksum.sh"],
    environment  = source.stagingEnvironment,
    user         = source.stagingEnvironmentUser,
    host         = source.stagingHost,
    variables    = { DATA_PATH = source.dataDirectory },
    outputSchema = { type = "string" },
}
return { snapshotID = checksum }
