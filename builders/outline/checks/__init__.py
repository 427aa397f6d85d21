"""The checks by topic: each module's `check` yields faults and warnings about a valid model."""
