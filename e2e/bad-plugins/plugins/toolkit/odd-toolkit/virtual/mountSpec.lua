return { { environment = remote.environment, mountPath = parameters.mountPath } }
