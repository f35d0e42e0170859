return { name = "copy", path = parameters.mountPath }
