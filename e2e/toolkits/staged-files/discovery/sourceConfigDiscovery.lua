-- A directory is a source because somebody says so: they are added by hand.
return {}
