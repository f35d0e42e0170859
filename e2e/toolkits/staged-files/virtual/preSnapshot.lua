RunBash {
    command     = "sync",
    environment = source.environment,
    user        = source.environmentUser,
}
