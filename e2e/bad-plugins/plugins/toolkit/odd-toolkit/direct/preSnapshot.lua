RunSync { environment = source.environment, user = source.environmentUser, sourceDirectory = config.path }
