"""The format of a template's file: what pydantic checks, and what the JSON Schema is made of."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from desk.templates.data import of_data
from desk.templates.model import FieldType, FilledBy, Template
from desk.tickets.model import Priority, TicketKind, TicketState

ID = r"^[a-z][a-z0-9_]{0,39}$"
_LABEL, _BUTTON, _LINE, _TEXT = 20, 10, 100, 600
"""Characters; a button of WeCom's cards takes ten (doc 90236).

What WeCom allows in bytes is checked where it is known what for.
"""

Id = Annotated[str, Field(pattern=ID)]
Label = Annotated[str, Field(min_length=1, max_length=_LABEL)]
ButtonLabel = Annotated[str, Field(min_length=1, max_length=_BUTTON)]
Bound = Annotated[StrictInt, Field(ge=0)]


class Category(StrEnum):
    """The categories that a step may have: who takes a ticket does not move it to another step."""

    OPEN = TicketState.OPEN.value
    WAITING_CUSTOMER = TicketState.WAITING_CUSTOMER.value
    WAITING_INSIDE = TicketState.WAITING_INSIDE.value
    SOLVED = TicketState.SOLVED.value
    CLOSED = TicketState.CLOSED.value


class Least(StrEnum):
    """Who may go a way."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    ADMIN = "admin"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OptionPart(_Part):
    """An answer to choose from."""

    id: Id = Field(description="程序用的名字，发布后别改")
    label: Label = Field(description="顾客看到的文字")
    words: list[Label] = Field(default=[], description="顾客还会怎么说，例如 [个人的, 私人]")


class AskedIfPart(_Part):
    """Only asked if another field has one of these values."""

    field: Id = Field(description="前面某个选择题或是非题的 id")
    values: list[Id | StrictBool] = Field(
        min_length=1, description="选了其中之一才问；是非题写 true 或 false"
    )


class FieldPart(_Part):
    """A field of the form."""

    id: Id = Field(description="程序用的名字，规则里写成 ticket.fields.<id>")
    label: Label = Field(description="名称，例如 发票抬头")
    type: FieldType = Field(description="填什么")
    required: StrictBool = Field(default=False, description="必填：没有它同事没法开始处理")
    filled_by: FilledBy = Field(default=FilledBy.CUSTOMER, description="谁来填")
    question: str = Field(default="", max_length=_TEXT, description="问顾客的原话")
    options: list[OptionPart] = Field(default=[], description="选择题的选项")
    slots: list[Id] = Field(default=[], description="对话里已经识别出来就不再问的信息")
    least: Bound | None = Field(
        default=None, description="最小值；钱以分计，文字按字数，多选按个数"
    )
    most: Bound | None = Field(default=None, description="最大值，同上")
    pattern: str = Field(default="", max_length=_LINE, description="整段文字要符合的正则表达式")
    pattern_told: str = Field(default="", max_length=_LINE, description="用人话说明 pattern 的要求")
    asked_if: AskedIfPart | None = Field(default=None, description="只在前面的题选了某项时才问")


class StepPart(_Part):
    """A step."""

    id: Id = Field(description="程序用的名字，发布后别改")
    label: Label = Field(description="步骤名称")
    state: Category = Field(description="属于哪一类：计时、提醒、结束都看它")
    told: str = Field(default="", max_length=_TEXT, description="走到这一步时顾客收到的话")


class TransitionPart(_Part):
    """A way from step to step."""

    from_: Id = Field(alias="from", description="从哪一步")
    to: Id = Field(description="到哪一步")
    label: ButtonLabel = Field(description="按钮上的字，最多 10 个字")
    needs: list[Id] = Field(default=[], description="走之前必须填好的字段")
    least: Least = Field(default=Least.AGENT, description="谁可以走")


class TemplateFile(_Part):
    """A template of tickets: one file, whatever it is called."""

    id: Id = Field(description="模板的 id；和自带的同名就是替换它")
    name: Label = Field(description="模板名称")
    about: str = Field(default="", max_length=_LINE, description="什么时候用，给同事看")
    kind: TicketKind = Field(description="工单类型：决定时限、派给谁、怎么统计")
    priority: Priority = Field(default=Priority.NORMAL, description="默认的优先级")
    skill: str = Field(default="", max_length=40, description="要什么技能的同事来接")
    tags: list[Label] = Field(default=[], description="工单自带的标签")
    watchers: list[str] = Field(default=[], description="一直知情的人：角色或企业微信 userid")
    fields: list[FieldPart] = Field(default=[], max_length=30, description="表单，按提问顺序")
    steps: list[StepPart] = Field(min_length=2, max_length=20, description="步骤，第一个是起点")
    transitions: list[TransitionPart] = Field(max_length=60, description="步骤之间怎么走")
    rules: list[dict[str, Any]] = Field(default=[], description="只对这种工单生效的规则")
    layout: dict[str, Any] = Field(default={}, description="画布上的位置，程序原样保存")

    def draft(self) -> Template:
        """The same as the desk knows it, not published yet."""
        return of_data(self.model_dump(mode="json", by_alias=True))
