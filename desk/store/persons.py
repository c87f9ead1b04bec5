"""One person in a query: all customers that were merged into one.

The function `person` of the database walks up to the head and down again (migration of merges).
"""

from typing import Any

from sqlalchemy import Column, Select, Uuid, func, select
from sqlalchemy.sql.expression import BindParameter, FromClause, column

from desk.kernel.ids import CustomerId


def person(customer: CustomerId | BindParameter[Any]) -> Select[tuple[CustomerId]]:
    """The ids of all customers who are one person with this one."""
    return select(_called(customer).c.id)


def people_of(customer: Column[Any]) -> FromClause:
    """The same beside each row, as one array `ids`."""
    found = _called(customer)
    return select(func.array_agg(found.c.id).label("ids")).select_from(found).lateral("people")


def _called(customer: object) -> Any:  # noqa: ANN401  a table of one column
    return func.person(customer).table_valued(column("id", Uuid)).alias("person")
