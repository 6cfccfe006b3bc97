"""Files as people send them: small, and whole enough to be told apart by their content."""

from __future__ import annotations

import zipfile
from io import BytesIO

from fpdf import FPDF
from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument."


def pdf(words: str = "Minutes of the meeting", password: str = "") -> bytes:
    """A page with a few words; with a password, nobody else can open it."""
    page = FPDF()
    if password:
        page.set_encryption(owner_password=f"{password}!", user_password=password)
    page.add_page()
    page.set_font("helvetica", size=12)
    page.cell(text=words)
    return bytes(page.output())


def picture(format: str) -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, format)
    return out.getvalue()


def heic() -> bytes:
    """The beginning of a picture as phones take them."""
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64


def archive(entries: dict[str, str]) -> bytes:
    """A ZIP archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return out.getvalue()


def office(type: str = "wordprocessingml.document", **more: str) -> bytes:
    """A Word, Excel or PowerPoint file."""
    contents = f'<Types><Override PartName="/x" ContentType="{OFFICE}{type}.main+xml"/></Types>'
    return archive({"[Content_Types].xml": contents, "_rels/.rels": "<Relationships/>"} | more)


def opendocument(type: str = "text", manifest: str = "<manifest/>", **more: str) -> bytes:
    """A file of LibreOffice."""
    said = f"application/vnd.oasis.opendocument.{type}"
    return archive({"mimetype": said, "META-INF/manifest.xml": manifest, "content.xml": "<x/>"} | more)


def with_macros() -> bytes:
    """A Word file that could run a program."""
    return archive({"[Content_Types].xml": "<Types ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>",
                    "word/vbaProject.bin": "x"})


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
LOCKED_WORD = OLD_WORD + "EncryptedPackage".encode("utf-16-le")
