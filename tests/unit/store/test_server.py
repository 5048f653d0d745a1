from __future__ import annotations

import getpass
import ssl

import pytest
from sqlalchemy import make_url

from provenance.errors import ConfigurationError, StoreError
from provenance.store.failures import explained
from provenance.store.server import CONNECT_PATIENCE, connect_arguments


def arguments(address: str) -> dict[str, object]:
    return connect_arguments(make_url(address))


def test_an_address_says_who_where_and_what() -> None:
    assert arguments("postgresql://me:s%40cret@db.example:5433/news?application_name=desk&connect_timeout=3") == {
        "user": "me",
        "password": "s@cret",
        "database": "news",
        "application_name": "desk",
        "timeout": 3,
        "host": "db.example",
        "port": 5433,
        "ssl_context": None,
    }


def test_what_an_address_leaves_out_is_as_everywhere_with_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "from the environment")
    found = arguments("postgresql://")
    assert found["user"] == found["database"] == getpass.getuser()
    assert found["password"] == "from the environment"
    assert (found["host"], found["port"], found["timeout"]) == ("localhost", 5432, CONNECT_PATIENCE)
    assert arguments("postgresql://?user=me&password=p&dbname=news&host=h&port=1")["database"] == "news"
    assert arguments("postgresql://?connect_timeout=0")["timeout"] is None


def test_a_folder_as_host_means_the_socket_in_it() -> None:
    found = arguments("postgresql://me@/news?host=/run/postgresql")
    assert found["unix_sock"] == "/run/postgresql/.s.PGSQL.5432"
    assert "host" not in found


@pytest.mark.parametrize(
    ("mode", "expected"), [("disable", False), ("allow", None), ("prefer", None), ("require", True)]
)
def test_encryption_is_as_the_address_asks(mode: str, expected: bool | None) -> None:
    assert arguments(f"postgresql://h/n?sslmode={mode}")["ssl_context"] is expected


@pytest.mark.parametrize(("mode", "names"), [("verify-ca", False), ("verify-full", True)])
def test_a_server_that_is_to_prove_who_it_is_must(mode: str, names: bool) -> None:
    context = arguments(f"postgresql://h/n?sslmode={mode}")["ssl_context"]
    assert isinstance(context, ssl.SSLContext)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname is names


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("postgresql+psycopg://h/n", "driver of postgresql\\+psycopg:// is not supported"),
        ("postgresql://h/n?sslmode=always", "sslmode=always .*is not understood"),
        ("postgresql://h/n?colour=red", "colour .*is not understood"),
        ("postgresql://h/n?host=a&host=b", "host .*is not understood"),
        ("postgresql://h/n?connect_timeout=soon", "connect_timeout .*is not a number"),
        ("postgresql://h/n?sslmode=verify-ca&sslrootcert=/nowhere.pem", r"/nowhere\.pem cannot be read"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused(address: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as error:
        arguments(address)
    assert error.value.hint


def test_a_certificate_that_is_not_trusted_is_said_to_be_so() -> None:
    with pytest.raises(StoreError, match="cannot be trusted") as error, explained("postgresql://h/n"):
        raise ssl.SSLCertVerificationError(1, "self-signed certificate")
    assert "sslrootcert" in error.value.hint
