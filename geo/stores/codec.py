"""Accounts as JSON and back, by the declared types of the dataclasses.

A value becomes an object of its filled fields; what stands at its default is left out. `Unresolved` is told from its
siblings by the key `unresolved`. A region's polygon is not part of the JSON: it is kept once, by `region_id`, and put
back from the mapping that `decode_account` takes.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo.model import Account, Quoted, Resolved, Unresolved, digest

_Coder = Callable[[Any], Any]


def encode_account(account: Account) -> str:
    """Return the account as JSON in one line, the same for equal accounts."""
    return json.dumps(_encoder(Account)(account), ensure_ascii=False, separators=(",", ":"))


def decode_account(text: str, regions: Mapping[str, BaseGeometry]) -> Account:
    """Return the account of a JSON line, its polygon taken from `regions` where it has one."""
    account: Account = _decoder(Account)(json.loads(text))
    resolution = account.resolution
    if isinstance(resolution, Resolved) and resolution.region_id in regions:
        placed = dataclasses.replace(resolution, region=regions[resolution.region_id])
        return dataclasses.replace(account, resolution=placed)
    return account


def with_region_ids(account: Account) -> Account:
    """Return the account with an identifier on its polygon, made from the polygon itself where it has none."""
    resolution = account.resolution
    if isinstance(resolution, Resolved) and resolution.region is not None and not resolution.region_id:
        named = dataclasses.replace(resolution, region_id=f"shape-{digest(resolution.region.wkb_hex)}")
        return dataclasses.replace(account, resolution=named)
    return account


def region_of(account: Account) -> tuple[str, str, BaseGeometry] | None:
    """Return (id, name, polygon) of the region that the account is placed by, None for a plain point."""
    resolution = account.resolution
    if isinstance(resolution, Resolved) and resolution.region is not None:
        return resolution.region_id, resolution.place_name, resolution.region
    return None


@cache
def _encoder(kind: Any) -> _Coder:
    origin, arguments = _parts(kind)
    if origin in (typing.Union, types.UnionType):
        return _union_encoder(arguments)
    if origin is tuple:
        item = _encoder(arguments[0])
        return lambda values: [item(value) for value in values]
    if dataclasses.is_dataclass(origin):
        return _object_encoder(kind)
    if origin is date:
        return lambda value: value.isoformat()
    if isinstance(origin, type) and issubclass(origin, Enum):
        return lambda value: value.value
    return _plain


def _plain(value: Any) -> Any:
    """Text and numbers are in JSON what they are here; most values are, and no call is spent on them."""
    return value


def _union_encoder(arguments: tuple[Any, ...]) -> _Coder:
    coders = {_parts(argument)[0]: _encoder(argument) for argument in arguments if argument is not type(None)}
    unresolved = coders.pop(Unresolved, None)
    (other,) = coders.values()

    def encode(value: Any) -> Any:
        if value is None:
            return None
        if unresolved and isinstance(value, Unresolved):
            return {"unresolved": unresolved(value)}
        return other(value)

    return encode


def _object_encoder(kind: Any) -> _Coder:
    coders = [
        (field.name, _encoder(hint), _default(field)) for field, hint in _fields(kind) if hint is not _GEOMETRY_OR_NONE
    ]

    def encode(value: Any) -> dict[str, Any]:
        told = {}
        for name, coder, default in coders:
            field = getattr(value, name)
            if field is not default and field != default:
                told[name] = field if coder is _plain else coder(field)
        return told

    return encode


@cache
def _decoder(kind: Any) -> _Coder:
    origin, arguments = _parts(kind)
    if origin in (typing.Union, types.UnionType):
        return _union_decoder(arguments)
    if origin is tuple:
        item = _decoder(arguments[0])
        return lambda values: tuple([item(value) for value in values])
    if dataclasses.is_dataclass(origin):
        return _object_decoder(kind)
    if origin is date:
        return date.fromisoformat
    if isinstance(origin, type) and issubclass(origin, Enum):
        return origin
    return _plain


def _union_decoder(arguments: tuple[Any, ...]) -> _Coder:
    coders = {_parts(argument)[0]: _decoder(argument) for argument in arguments if argument is not type(None)}
    unresolved = coders.pop(Unresolved, None)
    (other,) = coders.values()

    def decode(value: Any) -> Any:
        if value is None:
            return None
        if unresolved and isinstance(value, dict) and "unresolved" in value:
            return unresolved(value["unresolved"])
        return other(value)

    return decode


def _object_decoder(kind: Any) -> _Coder:
    origin, _ = _parts(kind)
    found = {field.name: _decoder(hint) for field, hint in _fields(kind) if hint is not _GEOMETRY_OR_NONE}
    coders = {name: coder for name, coder in found.items() if coder is not _plain}
    if not coders:
        return lambda value: origin(**value)

    def decode(value: dict[str, Any]) -> Any:
        told = dict(value)
        for name in coders.keys() & value.keys():
            told[name] = coders[name](value[name])
        return origin(**told)

    return decode


_GEOMETRY_OR_NONE = object()


def _fields(kind: Any) -> list[tuple[dataclasses.Field[Any], Any]]:
    origin, arguments = _parts(kind)
    hints = typing.get_type_hints(origin)
    fields = []
    for field in dataclasses.fields(origin):
        hint = hints[field.name]
        if origin is Quoted and field.name == "value":
            hint = arguments[0]
        if BaseGeometry in typing.get_args(hint):
            hint = _GEOMETRY_OR_NONE
        fields.append((field, hint))
    return fields


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default


def _parts(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    return typing.get_origin(kind) or kind, typing.get_args(kind)
