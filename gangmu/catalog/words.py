"""How words of texts and names of definitions are made alike before they are compared."""

_ALIKE = str.maketrans("（）％", "()%", "“”‘’\"'「」『』《》")


def plain(text: str) -> str:
    """`text` without white space and quotation marks, brackets in their narrow form. Names are written like this."""
    return "".join(text.split()).translate(_ALIKE)
