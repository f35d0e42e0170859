return { { name = "odd" } }
