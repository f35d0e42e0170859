local ids = RunBash {
    command      = [[printf '[%s, %s]' "$(id -u)" "$(id -g)" > "$DLPX_OUTPUT_FILE"]],
    environment  = remote.environment,
    user         = remote.environmentUser,
    outputSchema = { type = "array", items = { type = "integer" } },
}
return { uid = ids[1], gid = ids[2] }
