"""What python-pptx's API lacks or does slowly, as OOXML: each piece with its clause of ECMA-376, part 1."""
