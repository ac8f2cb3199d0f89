"""A FastAPI application with the constructs of real servers: forms, uploads, downloads, unions, optional parameters, dates.

Every operation checks what it receives, so that a wrong request is an error response.
"""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal, Optional, Union
from uuid import UUID

from fastapi import Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Path, Query, Response, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, StreamingResponse
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBasicCredentials, HTTPBearer, OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, Field

app = FastAPI(title="Framework check", version="1.0.0")


class Color(str, Enum):
    red = "red"
    dark_blue = "dark-blue"


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    tricks: list[str] = []


Pet = Annotated[Union[Cat, Dog], Field(discriminator="kind")]


class Point(BaseModel):
    x: float
    y: float


class Item(BaseModel):
    id: int
    name: str = Field(min_length=1, max_length=50)
    price: Optional[Decimal] = None
    color: Color = Color.red
    made: date
    changed: datetime
    opens: Optional[time] = None
    lasts: timedelta = timedelta(minutes=90)
    key: UUID
    tags: set[str] = set()
    labels: dict[str, int] = {}
    pet: Optional[Pet] = None
    value: Union[int, str, list[float]] = 1
    corner: tuple[int, int] = (1, 2)
    points: list[Point] = []


class ItemPatch(BaseModel):
    name: Optional[str] = None
    color: Optional[Color] = None
    price: Optional[float] = None


class Problem(BaseModel):
    code: str
    retry_after: Optional[int] = None


class ProblemError(Exception):
    def __init__(self, status: int, problem: Problem, headers: Optional[dict[str, str]] = None):
        self.status = status
        self.problem = problem
        self.headers = headers


@app.exception_handler(ProblemError)
def on_problem(_request, error: ProblemError):
    return JSONResponse(error.problem.model_dump(), status_code=error.status, headers=error.headers)


def item(number: int = 7) -> Item:
    return Item(
        id=number,
        name="a & b",
        price=Decimal("12.50"),
        color=Color.dark_blue,
        made=date(2026, 2, 3),
        changed=datetime(2026, 2, 3, 4, 5, 6, 789000, tzinfo=timezone.utc),
        opens=time(9, 30),
        key=UUID("2f1c9f6e-58f7-4f4b-9f3a-2b6a7f0d4c11"),
        tags={"x"},
        labels={"a": 1},
        pet=Dog(kind="dog", tricks=["sit"]),
        value=[1.5, 2],
        points=[Point(x=1, y=2.5)],
    )


@app.get("/items/{item_id}", tags=["items"], responses={404: {"model": Problem}})
def read_item(item_id: int) -> Item:
    if item_id == 404:
        raise ProblemError(404, Problem(code="no-item"))
    return item(item_id)


@app.post("/items", tags=["items"], status_code=201)
def create_item(body: Item) -> Item:
    return body


@app.patch("/items/{item_id}", tags=["items"])
def patch_item(item_id: int, body: ItemPatch) -> dict[str, Union[str, float, None]]:
    """Returns the members that were sent."""
    return body.model_dump(exclude_unset=True, mode="json")


@app.put("/items/{item_id}/pet", tags=["items"])
def replace_pet(item_id: int, body: Pet) -> Pet:
    return body


@app.delete("/items/{item_id}", tags=["items"], status_code=204)
def delete_item(item_id: int) -> None:
    pass


@app.post("/items/bulk", tags=["items"])
def create_items(body: list[Item], dry_run: Annotated[bool, Body()] = False) -> int:
    return len(body) if dry_run else -1


@app.get("/search", tags=["parameters"])
def search(
    q: Optional[str] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ratio: Optional[float] = None,
    since: Optional[datetime] = None,
    day: Optional[date] = None,
    at: Optional[time] = None,
    within: Optional[timedelta] = None,
    color: Optional[Color] = None,
    colors: Annotated[list[Color], Query()] = [],
    ids: Annotated[Optional[list[int]], Query()] = None,
    either: Union[int, str, None] = None,
    exact: bool = False,
    key: Optional[UUID] = None,
    order_by: Annotated[str, Query(alias="order-by", pattern="^[a-z]+$")] = "name",
) -> dict:
    """Returns the parameters as they were read."""
    return {name: value for name, value in locals().items() if value not in (None, [])}


class Filters(BaseModel):
    model_config = {"extra": "forbid"}
    offset: int = 0
    tags: list[str] = []


@app.get("/filtered", tags=["parameters"])
def filtered(filters: Annotated[Filters, Query()]) -> Filters:
    return filters


@app.get("/headers", tags=["parameters"])
def headers(
    x_token: Annotated[Optional[str], Header()] = None,
    x_many: Annotated[Optional[list[str]], Header()] = None,
    if_newer: Annotated[Optional[datetime], Header()] = None,
    session: Annotated[Optional[str], Cookie()] = None,
) -> dict:
    return {name: value for name, value in locals().items() if value is not None}


@app.get("/files/{path:path}", tags=["parameters"], response_class=PlainTextResponse)
def by_path(path: str) -> str:
    return path


@app.get("/sizes/{size}", tags=["parameters"])
def by_number(size: Annotated[float, Path(gt=0)]) -> float:
    return size


@app.post("/form", tags=["forms"])
def form(
    name: Annotated[str, Form()],
    age: Annotated[int, Form()] = 1,
    ratio: Annotated[Optional[float], Form()] = None,
    tags: Annotated[list[str], Form()] = [],
    born: Annotated[Optional[date], Form()] = None,
    color: Annotated[Optional[Color], Form()] = None,
) -> dict:
    return {name: value for name, value in locals().items() if value not in (None, [])}


class Profile(BaseModel):
    name: str
    nick: Optional[str] = None


@app.post("/profile", tags=["forms"])
def profile(data: Annotated[Profile, Form()]) -> Profile:
    return data


@app.post("/upload", tags=["files"])
def upload(
    file: UploadFile,
    more: list[UploadFile] = [],
    note: Annotated[Optional[str], Form()] = None,
    day: Annotated[Optional[date], Form()] = None,
) -> list[str]:
    """Returns the name, type and size of each file."""
    received = [f"{one.filename} {one.content_type} {len(one.file.read())}" for one in [file, *more]]
    return received + [str(value) for value in (note, day) if value is not None]


@app.post("/bytes", tags=["files"])
def upload_bytes(data: Annotated[bytes, File()]) -> int:
    return len(data)


@app.get("/download", tags=["files"], response_class=FileResponse)
def download():
    return FileResponse(__file__, media_type="text/x-python")


@app.get("/stream", tags=["files"], response_class=StreamingResponse)
def stream():
    return StreamingResponse((bytes([65 + number]) * 10 for number in range(5)), media_type="application/octet-stream")


@app.get("/page", tags=["files"], response_class=HTMLResponse)
def page():
    return "<h1>page</h1>"


@app.get("/image", tags=["files"], responses={200: {"content": {"image/png": {}}}}, response_class=Response)
def image():
    return Response(b"\x89PNG", media_type="image/png")


@app.get("/either", tags=["responses"], responses={202: {"model": Problem}})
def either(later: bool, response: Response) -> Union[Item, Problem]:
    if later:
        response.status_code = 202
        return Problem(code="later", retry_after=3)
    return item()


@app.get("/anything", tags=["responses"])
def anything():
    return {"a": [1, None, "x"]}


@app.get("/nothing", tags=["responses"])
def nothing() -> None:
    return None


@app.get("/optional", tags=["responses"])
def optional(found: bool) -> Optional[Item]:
    return item() if found else None


@app.get("/limited", tags=["responses"], responses={429: {"model": Problem, "headers": {"X-Wait": {"schema": {"type": "integer"}}}}})
def limited() -> int:
    raise ProblemError(429, Problem(code="slow"), {"X-Wait": "5", "Retry-After": "99999"})


oauth2 = OAuth2PasswordBearer(tokenUrl="token")


@app.post("/token", tags=["login"])
def token(data: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
    if (data.username, data.password) != ("user", "pa ss&word"):
        raise HTTPException(400, "wrong password")
    return {"access_token": "t-1", "token_type": "bearer"}


@app.get("/me", tags=["login"])
def me(token: Annotated[str, Depends(oauth2)]) -> str:
    if token != "t-1":
        raise HTTPException(401, "wrong token")
    return token


@app.get("/basic", tags=["login"])
def basic(credentials: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> str:
    return f"{credentials.username}:{credentials.password}"


@app.get("/bearer", tags=["login"])
def bearer(credentials: Annotated[object, Depends(HTTPBearer())]) -> str:
    return credentials.credentials


@app.get("/key", tags=["login"])
def key(key: Annotated[str, Depends(APIKeyHeader(name="X-Key"))]) -> str:
    return key
