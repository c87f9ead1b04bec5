"""Rows that replace what is there under their key.

Written as text once: SQLAlchemy compiles PostgreSQL's own INSERT anew each time it is used
(`sqlalchemy.dialects.postgresql.Insert.inherit_cache`), which costs more than running it.
"""

from sqlalchemy import Table, TextClause, bindparam, text


def upsert(table: Table) -> TextClause:
    """Insert a row, or give the one of the same primary key these values; all columns are given."""
    names = [column.name for column in table.columns]
    keys = [column.name for column in table.primary_key]
    replaced = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
    made = text(
        f"INSERT INTO {table.name} ({', '.join(names)})"  # noqa: S608  names of our own columns
        f" VALUES ({', '.join(f':{name}' for name in names)})"
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {replaced}"
    )
    return made.bindparams(*(bindparam(each.name, type_=each.type) for each in table.columns))
