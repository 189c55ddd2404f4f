"""Opens a roster file in the form that the end of its name says."""

from pathlib import Path
from typing import Final

from .document import WHOLE_FILE, Document

FORMS: Final = (".yaml", ".yml", ".json", ".csv", ".tsv")
SPREADSHEETS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
LIMITS_FILE: Final = "roster-limits.yaml"
FORMS_IN_WORDS: Final = f"{', '.join(FORMS[:-1])} or {FORMS[-1]}"
_PARTS_OF_SPREADSHEETS: Final = (b"xl/workbook", b"opendocument.spreadsheet", b"Index/Tables/")
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"


def open_document(path: Path, label: str) -> Document:
    """The file's entries; what cannot be read is among its problems."""
    document = Document(path, label)
    text = read_text(document)
    if text is None:
        return document
    end = path.suffix.lower()
    if end in (".yaml", ".yml"):
        from .yaml_file import read_yaml

        read_yaml(document, text)
    elif end == ".json":
        from .json_file import read_json_roster

        read_json_roster(document, text)
    elif end in (".csv", ".tsv"):
        from .csv_file import read_csv

        read_csv(document, text)
    else:
        document.problem(WHOLE_FILE, f"a roster is a {FORMS_IN_WORDS} file.")
    return document


def unlinked(path: Path) -> Path:
    """The absolute path, with no link among its folders; the file itself can be one."""
    return path.parent.resolve() / path.name


def read_text(document: Document) -> str | None:
    """The file's text; None, and a problem, if it cannot be read."""
    try:
        content = document.path.read_bytes()
        if _is_spreadsheet(content):
            document.problem(WHOLE_FILE, "is a spreadsheet. Save it as CSV (UTF-8).")
            return None
        # Spreadsheets write a byte-order mark.
        return content.decode("utf-8-sig")
    except OSError as error:
        document.problem(WHOLE_FILE, f"{error.strerror}. Correct the path.")
    except UnicodeDecodeError:
        document.problem(WHOLE_FILE, "is not UTF-8. Save it as UTF-8.")
    return None


def _is_spreadsheet(content: bytes) -> bool:
    """Whether it is a file of Excel (.xlsx, .xls), LibreOffice (.ods) or Numbers."""
    if content.startswith(b"PK\x03\x04"):
        return any(part in content for part in _PARTS_OF_SPREADSHEETS)
    return content.startswith(_OLD_EXCEL)
