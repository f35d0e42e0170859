return { { name = "Directories" } }
