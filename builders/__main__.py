"""`python -m builders` is the command `temario`."""

import gc
import sys

try:
    from builders.cli import main

    code = main()
    gc.freeze()  # the process ends: nothing is to be looked through once more
    sys.exit(code)
except KeyboardInterrupt:  # also while modules are still being loaded
    sys.exit(130)
