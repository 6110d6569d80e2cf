"""`python -m tests.spec`: write the chapters of the specification into docs/reference."""

from tests.spec.contents import CHAPTERS

if __name__ == "__main__":
    for chapter in CHAPTERS:
        chapter.path.write_text(chapter.rendered(), encoding="utf-8")
