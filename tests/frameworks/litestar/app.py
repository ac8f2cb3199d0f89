"""A store with Litestar and msgspec."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal
from uuid import UUID, uuid4

import msgspec
from litestar import Controller, Litestar, delete, get, patch, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.pagination import ClassicPagination, CursorPagination, OffsetPagination
from litestar.params import Body, Parameter
from litestar.response import Stream


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Cat(msgspec.Struct, tag="cat", tag_field="kind"):
    lives: int


class Dog(msgspec.Struct, tag="dog", tag_field="kind"):
    barks: bool


class Item(msgspec.Struct):
    id: UUID
    name: str
    color: Color
    price: Decimal
    made: date
    changed: datetime
    lasts: timedelta
    pet: Cat | Dog | None = None
    tags: list[str] = []
    counts: dict[str, int] = {}
    opens: time | None = None
    pair: tuple[int, str] | None = None


class NewItem(msgspec.Struct):
    name: str
    color: Color = Color.RED
    pet: Cat | Dog | None = None


class ItemPatch(msgspec.Struct, omit_defaults=True):
    name: str | msgspec.UnsetType = msgspec.UNSET
    note: str | None | msgspec.UnsetType = msgspec.UNSET


def item(name, color=Color.RED, pet=Cat(lives=9)):
    return Item(
        id=uuid4(),
        name=name,
        color=color,
        price=Decimal("1.50"),
        made=date(2020, 1, 2),
        changed=datetime(2020, 1, 2, 3, 4, 5),
        lasts=timedelta(seconds=90),
        pet=pet,
        opens=time(1, 2, 3),
        pair=(1, "a"),
    )


ITEMS = [item(f"item {index}") for index in range(7)]


class Items(Controller):
    path = "/items"
    tags = ["Items"]

    @get()
    async def list_items(self, limit: int = 3, offset: int = 0, color: list[Color] | None = None) -> OffsetPagination[Item]:
        items = [item for item in ITEMS if not color or item.color in color]
        return OffsetPagination(items=items[offset : offset + limit], limit=limit, offset=offset, total=len(items))

    @get("/by-cursor")
    async def items_by_cursor(self, cursor: str | None = None, results_per_page: int = 3) -> CursorPagination[str, Item]:
        start = int(cursor or 0)
        end = start + results_per_page
        following = str(end) if end < len(ITEMS) else None
        return CursorPagination(items=ITEMS[start:end], results_per_page=results_per_page, cursor=following)

    @get("/by-page")
    async def items_by_page(self, page_size: int = 3, current_page: int = 1) -> ClassicPagination[Item]:
        start = (current_page - 1) * page_size
        return ClassicPagination(
            items=ITEMS[start : start + page_size], page_size=page_size, current_page=current_page, total_pages=3
        )

    @post()
    async def create_item(self, data: NewItem) -> Item:
        return item(data.name, data.color, data.pet)

    @get("/{item_id:uuid}")
    async def get_item(self, item_id: UUID) -> Item:
        for item in ITEMS:
            if item.id == item_id:
                return item
        raise NotFoundException(detail="there is no such item")

    @patch("/{item_id:uuid}")
    async def patch_item(self, item_id: UUID, data: ItemPatch) -> dict[str, str | None]:
        return msgspec.to_builtins(data)

    @delete("/{item_id:uuid}")
    async def delete_item(self, item_id: UUID) -> None:
        pass


@dataclass
class Login:
    user: str
    password: str


@dataclass
class Files:
    title: str
    first: UploadFile
    more: list[UploadFile] = field(default_factory=list)


@post("/login")
async def login(data: Annotated[Login, Body(media_type=RequestEncodingType.URL_ENCODED)]) -> dict[str, str]:
    return {"user": data.user}


@post("/upload")
async def upload(data: Annotated[Files, Body(media_type=RequestEncodingType.MULTI_PART)]) -> dict[str, int]:
    return {"size": len(await data.first.read()), "more": len(data.more)}


@get("/download", media_type="application/octet-stream")
async def download() -> Stream:
    async def chunks():
        for _ in range(3):
            yield b"x" * 10

    return Stream(chunks())


@get("/pet")
async def pet(
    kind: Literal["cat", "dog"] = "cat",
    key: Annotated[str | None, Parameter(header="X-Key")] = None,
    session: Annotated[str | None, Parameter(cookie="session")] = None,
) -> Cat | Dog:
    return Cat(lives=len(key or "")) if kind == "cat" else Dog(barks=session == "s")


@get("/text", media_type="text/plain")
async def text() -> str:
    return "hello"


app = Litestar(
    [Items, login, upload, download, pet, text],
    openapi_config=OpenAPIConfig(title="Store", version="1", path="/", render_plugins=[JsonRenderPlugin()]),
)
