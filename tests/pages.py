"""The words on the pages of a PDF, in their order, as one line a page."""

import pypdfium2


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))
