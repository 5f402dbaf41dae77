"""Files that lie elsewhere, brought to a temporary file; fetches from the web reach public addresses only."""

from __future__ import annotations

import ipaddress
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import fsspec
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
        except Exception as error:  # each store's library has errors of its own
            raise FetchError(f"{type(error).__name__}: {error}") from None
        file.flush()
        yield Path(file.name)


def _fetch(address: str, file: IO[bytes], private_addresses: bool) -> None:
    with (
        httpx.Client(
            transport=_direct() if private_addresses else _PublicOnly(),
            follow_redirects=True,
            max_redirects=_MAX_HOPS,
            timeout=_TIMEOUT,
        ) as client,
        client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as response,
    ):
        response.raise_for_status()
        for piece in response.iter_raw():
            file.write(piece)


def _direct() -> httpx.HTTPTransport:
    """No proxy of the environment between; no connection is kept, since one to an address may serve another name."""
    return httpx.HTTPTransport(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))


class _PublicOnly(httpx.BaseTransport):
    """Sends each request to the very address that was looked up and found public, so that no second look-up can differ.

    The Host header and the certificate's name stay those of the request.
    """

    def __init__(self) -> None:
        self.transport = _direct()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        name = request.url.raw_host.decode("ascii")
        sent = httpx.Request(
            request.method,
            request.url.copy_with(host=str(_public_address(name, request.url.port))),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": name},
        )
        return self.transport.handle_request(sent)

    def close(self) -> None:
        self.transport.close()


def _public_address(name: str, port: int | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The first address of a host.

    Raises:
        OSError: it has none, or one that is not public.
    """
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    refused = next((address for address in addresses if not _is_public(address)), None)
    if refused is not None or not addresses:
        raise OSError(f"{name} is at {refused}, which is not a public address")
    return addresses[0]


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Not loopback, link-local, private or reserved; of an IPv6 address that holds an IPv4 one, that one too."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return _is_public(inner)
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast
