"""A PostgreSQL server that asks for passwords, for what is about shared shops."""

from collections.abc import Iterator

import pytest

from tests import postgres


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    if lack := postgres.missing():
        pytest.skip(lack)
    with postgres.running(trusts=False) as server:
        yield server


@pytest.fixture
def empty(server: postgres.Server) -> Iterator[str]:
    """The name of an empty database."""
    name = server.new()
    yield name
    server.drop(name)
