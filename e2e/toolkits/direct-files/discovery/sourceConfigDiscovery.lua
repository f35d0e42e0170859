-- Every directory below ~/datasets is a source.
return RunBash {
    command      = resources["list-datasets.sh"],
    environment  = remote.environment,
    user         = remote.environmentUser,
    loginShell   = true,
    outputSchema = {
        type  = "array",
        items = {
            type       = "object",
            required   = { "name", "path" },
            properties = { name = { type = "string" }, path = { type = "string" } },
        },
    },
}
