"""Requests that nobody's eyes are behind: they do not count as opening a presentation."""

from collections.abc import Mapping

# Programs that look into links before people do, or draw previews of them, by a part of what they call themselves.
SCANNERS = (
    *("bot", "crawl", "spider", "slurp", "preview", "scanner", "safelinks", "safe links", "urldefense", "barracuda"),
    *("mimecast", "proofpoint", "messagelabs", "trendmicro", "kaspersky", "drweb", "facebookexternalhit", "embedly"),
    *("googleimageproxy", "yahoomailproxy", "skypeuri", "phantomjs"),
    *("curl/", "wget/", "python-requests", "go-http-client", "java/", "okhttp", "libwww"),
)
_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")  # how browsers say that they only look ahead


def nobody_looks(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request shows the page to nobody: HEAD, a look ahead or a preview, a known scanner of links."""
    if method != "GET":
        return True
    ahead = " ".join(headers.get(name, "") for name in _AHEAD).casefold()
    if "prefetch" in ahead or "preview" in ahead or "prerender" in ahead:
        return True
    agent = headers.get("user-agent", "").casefold()
    return not agent or any(name in agent for name in SCANNERS)
