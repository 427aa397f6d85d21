"""Text setting without ReportLab: words measured once, total-fit lines, and the logical tree they belong to.

logical_tree.py    the logical tree (Node)
hyphenation.py     where a word may be broken
line_breaking.py   break points of a paragraph (Knuth and Plass, 1981)
words.py           Run, the words of runs and their parts
paragraph.py       Style, Run, Paragraph: a text set to a measure

Plans use these; builders/pdf/paragraphs.py draws what they give.
"""
