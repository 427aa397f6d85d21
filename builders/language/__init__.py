"""How each language writes: dates, inline markup, numbers, lists, quotation marks; a locale file each."""
