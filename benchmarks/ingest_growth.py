"""x"""


def compare(*a): ...
