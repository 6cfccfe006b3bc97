"""Which files are taken: their kind by content, never by name; and what of a kind would harm or shut out the partner."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from flows.files import Flaw

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
MOST_OF_A_LIST = 1 << 20  # bytes of a table of contents: more is no document of a town hall
PDF_BEGINS_WITHIN = 1024  # bytes; scanners write before it
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the entry of an Office file with a password
WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
_one_at_a_time = Lock()  # PDFium does not work in several threads


@dataclass(frozen=True)
class Kind:
    """A kind that is taken: its media type, and the endings that its names may have, the usual one first."""

    type: str
    endings: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "pdf": Kind("application/pdf", ("pdf",)),
    "docx": Kind(f"{OFFICE}wordprocessingml.document", ("docx",)),
    "xlsx": Kind(f"{OFFICE}spreadsheetml.sheet", ("xlsx",)),
    "pptx": Kind(f"{OFFICE}presentationml.presentation", ("pptx",)),
    "odt": Kind(f"{OPEN}text", ("odt",)),
    "ods": Kind(f"{OPEN}spreadsheet", ("ods",)),
    "odp": Kind(f"{OPEN}presentation", ("odp",)),
    "jpeg": Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
    "png": Kind("image/png", ("png",)),
    "webp": Kind("image/webp", ("webp",)),
    "heic": Kind("image/heic", ("heic", "heif")),
}
SEEN_AT_ONCE = {"pdf": "pdf", "png": "png", "webp": "webp", "heic": "heic", "heif": "heic"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# What zipfile raises for content that only looks packed; NotImplementedError is its word for a method that no office uses.
DAMAGED = (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, KeyError)


class Unusable(Exception):
    """The content cannot be taken."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw: Flaw = flaw


def kind_of(content: bytes) -> str:
    """The kind of a content.

    Raises Unusable.
    """
    if not content:
        raise Unusable("empty")
    if content.startswith(OLD_OFFICE):
        raise Unusable("locked" if ENCRYPTED in content else "old")
    if content.startswith(ZIP):
        return _packed(content)
    if b"%PDF-" in content[:PDF_BEGINS_WITHIN]:
        return _pdf(content)
    return _told_by_its_beginning(content)


def _told_by_its_beginning(content: bytes) -> str:
    import puremagic  # dear to import, as PDFium is, and needed once a file is sent

    try:
        found = puremagic.magic_string(content[:4096])
    except puremagic.PureError as error:
        raise Unusable("unknown") from error
    if any(one.mime_type == "image/jpeg" for one in found):
        return "jpeg"
    kind = next((SEEN_AT_ONCE[ending] for one in found if (ending := one.extension.lstrip(".")) in SEEN_AT_ONCE), None)
    if kind is None:
        raise Unusable("unknown")
    return kind


def _pdf(content: bytes) -> str:
    import pypdfium2

    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(content)
            document.close()
        except pypdfium2.PdfiumError as error:
            raise Unusable("locked" if error.err_code == WRONG_PASSWORD else "broken") from error
    return "pdf"


def _packed(content: bytes) -> str:
    """Office files are packed: what they are stands inside, in a table of contents or in an entry of its own."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if any(entry.flag_bits & 1 for entry in packed.infolist()):
                raise Unusable("locked")
            names = set(packed.namelist())
            if "[Content_Types].xml" in names:
                return _office(_read(packed, "[Content_Types].xml"), names)
            if "mimetype" in names:
                manifest = _read(packed, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
                return _open_document(_read(packed, "mimetype"), manifest, names)
    except DAMAGED as error:
        raise Unusable("broken") from error
    raise Unusable("unknown")


def _office(contents: bytes, names: set[str]) -> str:
    if b"macroEnabled" in contents or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unusable("macros")
    return next((kind for kind in ("docx", "xlsx", "pptx") if f"{KINDS[kind].type}.main+xml".encode() in contents), "") or _none()


def _open_document(type: bytes, manifest: bytes, names: set[str]) -> str:
    if b"encryption-data" in manifest:
        raise Unusable("locked")
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise Unusable("macros")
    said = type.decode("ascii", "replace").strip()
    return next((kind for kind in ("odt", "ods", "odp") if KINDS[kind].type == said), "") or _none()


def _none() -> str:
    raise Unusable("unknown")


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of an entry: however large it claims to be, no more is unpacked."""
    with packed.open(name) as entry:
        return entry.read(MOST_OF_A_LIST)
