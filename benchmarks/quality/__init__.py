"""How good the machine's answers are: `make quality` prints a table for each of them.

A table is a module of this folder with a function `show_table()`, which prints it and says whether the answers are as good as they
have to be. It is found by itself: nothing lists the modules.
"""
