"""The outline as one typed, frozen model, and how a file becomes one."""
