return RunBash {
    command      = resources["find-installations.sh"],
    environment  = remote.environment,
    user         = remote.environmentUser,
    host         = remote.host,
    outputSchema = {
        type  = "array",
        items = { type = "object", properties = { installPath = { type = "string" }, version = { type = "string" } } },
    },
}
