"""Files that are made for a reader and downloaded."""

from starlette.responses import Response

from app.attachments.names import cleaned, disposition

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(content: bytes, name: str) -> Response:
    """A workbook, kept in no cache."""
    headers = {"content-disposition": disposition(cleaned(f"{name}.xlsx")), "cache-control": "no-store"}
    return Response(content, media_type=XLSX, headers=headers)
