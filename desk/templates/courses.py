"""The courses of tickets, by the versions of templates that they follow."""

from desk.templates.flow import Flow
from desk.templates.ports import TemplateReader
from desk.tickets.course import Course, NoCourse, Start
from desk.tickets.model import Ticket


class TemplateCourses:
    """Implements `desk.tickets.course.Courses`."""

    def __init__(self, templates: TemplateReader) -> None:
        self._templates = templates

    async def start(self, template: str, store: str) -> Start | None:
        """Where new tickets of a store begin: by the version in force there."""
        found = await self._templates.in_force(template, store)
        if found is None:
            return None
        return Start(
            template=found.id,
            version=found.version,
            step=found.steps[0].id if found.steps else "",
            priority=found.priority,
            skill=found.skill,
            tags=found.tags,
            watchers=found.watchers,
        )

    async def of(self, ticket: Ticket) -> Course:
        """The course of a ticket, by the version that it follows."""
        if not ticket.template:
            return NoCourse()
        found = await self._templates.version(ticket.template, ticket.template_version)
        return NoCourse() if found is None else Flow(found)
