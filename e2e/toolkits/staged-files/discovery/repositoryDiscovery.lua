#
# One repository for the rsync that the user finds.
#
return RunBash {
    command      = resources["discover-rsync.sh"],
    environment  = remote.environment,
    user         = remote.environmentUser,
    host         = remote.host,
    variables    = { LIBRARY = resources["lib/json.sh"] },
    outputSchema = {
        type  = "array",
        items = {
            type       = "object",
            required   = { "rsyncPath" },
            properties = { rsyncPath = { type = "string" }, version = { type = "string" } },
            additionalProperties = false,
        },
    },
}
