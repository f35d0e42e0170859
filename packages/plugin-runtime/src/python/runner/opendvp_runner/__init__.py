"""Serves the engine's requests to one plugin. Its modules are all imported before the plugin's are."""
