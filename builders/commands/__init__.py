"""The commands, one a module: `configure` adds the options, `run` does it and returns the exit code."""
