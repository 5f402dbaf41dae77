"""Files that lie elsewhere, brought to a temporary file; fetches from the web reach public addresses only."""

from __future__ import annotations

import ipaddress
import re
import shutil
import socket
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import fsspec
import httpcore
import httpx

from etl.load.places import Place

_TIMEOUT = httpx.Timeout(60, connect=15)
_MAX_HOPS = 5


class FetchError(Exception):
    """The file could not be brought here."""


@contextmanager
def fetched(place: Place, private_addresses: bool = False) -> Iterator[Path]:
    """The place's file on this machine, for as long as the block lasts.

    Args:
        place: a path, a web address, or one that fsspec knows.
        private_addresses: whether web addresses may lead to hosts that are not public.

    Raises:
        FetchError: it can't be read, or leads to a private address on any hop.
    """
    if not place.is_remote:
        yield Path(place.address)
        return
    with tempfile.NamedTemporaryFile() as file:
        try:
            if re.match(r"https?:", place.address, re.IGNORECASE):
                _fetch(place.address, file, private_addresses)
            else:
                with fsspec.open(place.address, "rb") as stream:
                    shutil.copyfileobj(stream, file, 1 << 20)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, ImportError) as error:
            raise FetchError(f"{type(error).__name__}: {error}") from None
        file.flush()
        yield Path(file.name)


def _fetch(address: str, file: IO[bytes], private_addresses: bool) -> None:
    transport = httpx.HTTPTransport(trust_env=False)
    if not private_addresses:
        transport._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=_PublicOnly()
        )
    with (
        httpx.Client(
            transport=transport, follow_redirects=True, max_redirects=_MAX_HOPS, timeout=_TIMEOUT
        ) as client,
        client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as response,
    ):
        response.raise_for_status()
        for piece in response.iter_raw():
            file.write(piece)


class _PublicOnly(httpcore.SyncBackend):
    """Connects to the very address that was looked up and found public, so that no second look-up can differ."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        refused = next((address for address in addresses if not _is_public(address)), None)
        if refused is not None or not addresses:
            raise OSError(f"{host} is at {refused}, which is not a public address")
        return super().connect_tcp(str(addresses[0]), port, timeout, local_address, socket_options)


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Not loopback, link-local, private or reserved; of an IPv6 address that holds an IPv4 one, that one too."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return _is_public(inner)
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast
