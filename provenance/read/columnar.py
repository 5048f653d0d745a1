"""Parquet files of records (extra ``cluster``): the columns are the fields of JSON lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, BinaryIO, Final

from provenance.model import Article, Unreadable
from provenance.read.reasons import EMPTY
from provenance.read.records import TEXT_FIELDS, read_record, record_id
from provenance.read.rows import MAX_COLUMNS
from provenance.read.source import ReadOptions, SourceFile
from provenance.read.stream import RefusedError

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

__all__ = ["MAGIC", "ParquetFiles"]

MAGIC: Final = b"PAR1"
"""How a file begins and ends (Apache Parquet format specification)."""

_ROWS: Final = 64
"""Rows in memory at once; one may be as large as the limit of bytes."""
_MISSING = "a Parquet file; pip install 'news-provenance[cluster]' reads it"
_NO_TEXT_COLUMN = "a Parquet file without a column called text, html or content"
_PACKED = "a Parquet file packed once more; unpack it, Parquet packs itself"
_DAMAGED = "a damaged Parquet file; fetch or write it again"
_REST = f"{_DAMAGED}; the rest was not read"


class ParquetFiles:
    """One record a row. A row is called after its id, or else after its number, from 1."""

    name = "parquet"
    suffixes = frozenset({".parquet"})

    def read(self, source: SourceFile, stream: BinaryIO, options: ReadOptions) -> Iterator[Article | Unreadable]:
        """Read the rows in order."""
        if not stream.read(1):
            yield Unreadable(source.source, EMPTY)
            return
        table = _opened(stream)
        columns = table.schema_arrow.names
        if len(columns) > MAX_COLUMNS:
            yield Unreadable(source.source, f"more than {MAX_COLUMNS:,} columns")
        elif not TEXT_FIELDS.intersection(columns):
            yield Unreadable(source.source, _NO_TEXT_COLUMN)
        elif not table.metadata.num_rows:
            yield Unreadable(source.source, EMPTY)
        else:
            for number, record in enumerate(_records(table), start=1):
                place = f"{source.source}#{record_id(record) or number}"
                yield read_record(record, source=place, name=source.name, options=options)


def _opened(stream: BinaryIO) -> ParquetFile:
    """Open a file by its last bytes, where Parquet keeps what it holds.

    Raises:
        RefusedError: pyarrow is not installed, or this is no whole Parquet file.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  optional, and for these files only
        from pyarrow import parquet  # noqa: PLC0415  as above
    except ImportError:
        raise RefusedError(_MISSING) from None
    if not stream.seekable():
        raise RefusedError(_PACKED)
    try:
        return parquet.ParquetFile(stream)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise RefusedError(_DAMAGED) from error


def _records(table: ParquetFile) -> Iterator[Mapping[str, object]]:
    import pyarrow as pa  # noqa: PLC0415  as above

    try:
        for batch in table.iter_batches(_ROWS, use_threads=False):
            for row in batch.to_pylist():
                yield {name: _plain(value) for name, value in row.items() if value is not None}
    except (pa.ArrowException, OSError, ValueError) as error:
        raise RefusedError(_REST) from error


def _plain(value: object) -> object:
    """Write a moment as JSON would, and bytes as the text they mostly are."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
