"""A web page or sitemap as a source of documents, from a real server on this machine."""

import gzip

import httpx
import pytest
from web_server import Page, serve

from corpus.files.folder import list_files
from corpus.read import read_document
from indexing.origins.fetch import fetch_all
from indexing.origins.mirror import held_in
from indexing.origins.port import Fetched
from indexing.origins.settings import OriginSettings
from indexing.origins.web_client import WebClient, WebFailed, nobody_asks

LEAVE = "<html><body><h1>Leave</h1><p>Ten days a year.</p></body></html>"
TRAVEL = "<html><body><h1>Travel</h1><p>Book early.</p></body></html>"


@pytest.fixture
def site():
    with serve() as served:
        served.put("/hr/leave", LEAVE)
        served.put("/hr/travel.html", TRAVEL)
        served.list("/hr/leave", "/hr/travel.html")
        yield served


def fetch(home, url: str, **settings) -> Fetched:
    one = OriginSettings(name="intranet", web=url, **{"delay": 0, **settings})
    (fetched,) = fetch_all([one], home, lambda _: None)
    return fetched


def documents(fetched: Fetched) -> dict[str, str]:
    return {file.relative: file.path.read_text() for file in list_files(fetched.folder)}


def problems(fetched: Fetched) -> str:
    return "\n".join(failure.problem for failure in fetched.failures)


def test_the_pages_of_a_sitemap_are_brought_with_their_addresses(site, tmp_path):
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert fetched.failures == ()
    assert documents(fetched) == {"hr/leave.html": LEAVE, "hr/travel.html": TRAVEL}
    files = {file.relative: file for file in list_files(fetched.folder)}
    assert read_document(files["hr/leave.html"]).metadata.source == f"{site.url}/hr/leave"
    assert held_in(fetched.folder)["hr/leave.html"].retrieved
    assert {asked["user-agent"] for _, asked in site.asked} == {"Charter/0.1"}


def test_one_page_is_a_source_too(site, tmp_path):
    fetched = fetch(tmp_path, f"{site.url}/hr/leave")
    assert documents(fetched) == {"hr/leave.html": LEAVE}
    site.pages["/hr/leave"] = Page(status=410)
    fetched = fetch(tmp_path, f"{site.url}/hr/leave")
    assert fetched.removed == ("hr/leave.html",)


def test_a_page_that_did_not_change_is_not_sent_again(site, tmp_path):
    site.put("/hr/leave", LEAVE, headers={"ETag": '"1"'})
    fetch(tmp_path, f"{site.url}/sitemap.xml")
    site.asked.clear()
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert fetched.changed == fetched.removed == ()
    assert fetched.unchanged == 2
    asked = dict(site.asked)
    assert asked["/hr/leave"]["if-none-match"] == '"1"'
    assert documents(fetched)["hr/leave.html"] == LEAVE


def test_a_page_that_changed_is_replaced_alone(site, tmp_path):
    fetch(tmp_path, f"{site.url}/sitemap.xml")
    site.put("/hr/leave", LEAVE.replace("Ten", "Twelve"))
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert fetched.changed == ("hr/leave.html",)
    assert "Twelve" in documents(fetched)["hr/leave.html"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_removed(site, tmp_path, status):
    fetch(tmp_path, f"{site.url}/sitemap.xml")
    site.pages["/hr/leave"] = Page(status=status)
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert fetched.removed == ("hr/leave.html",)
    assert list(documents(fetched)) == ["hr/travel.html"]


def test_a_page_that_no_sitemap_lists_any_more_is_removed(site, tmp_path):
    fetch(tmp_path, f"{site.url}/sitemap.xml")
    site.list("/hr/travel.html")
    assert fetch(tmp_path, f"{site.url}/sitemap.xml").removed == ("hr/leave.html",)


@pytest.mark.parametrize("status", [401, 403])
def test_a_page_that_was_closed_is_taken_out_and_named(site, tmp_path, status):
    fetch(tmp_path, f"{site.url}/sitemap.xml")
    site.pages["/hr/leave"] = Page(status=status)
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert fetched.removed == ("hr/leave.html",)
    assert "closed" in problems(fetched)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_keeps_the_old_copy(site, tmp_path, status):
    fetch(tmp_path, f"{site.url}/sitemap.xml")
    site.pages["/hr/leave"] = Page(status=status)
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert fetched.reached
    assert documents(fetched)["hr/leave.html"] == LEAVE
    (failure,) = fetched.failures
    assert failure.kept
    assert f"answers with error {status}" in failure.problem


@pytest.mark.parametrize("page", [Page(status=404), Page(status=500), Page(b"<urlset>")])
def test_a_sitemap_that_cannot_be_read_leaves_everything_as_it_was(site, tmp_path, page):
    before = documents(fetch(tmp_path, f"{site.url}/sitemap.xml"))
    site.pages["/sitemap.xml"] = page
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert not fetched.reached
    assert documents(fetched) == before


def test_an_empty_sitemap_leaves_everything_as_it_was(site, tmp_path):
    before = documents(fetch(tmp_path, f"{site.url}/sitemap.xml"))
    site.list()
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert not fetched.reached
    assert documents(fetched) == before


def test_a_site_that_is_down_leaves_everything_as_it_was(tmp_path):
    with serve() as site:
        site.put("/leave.html", LEAVE)
        url = f"{site.url}/leave.html"
        fetch(tmp_path, url)
    fetched = fetch(tmp_path, url)
    assert not fetched.reached
    assert "cannot be reached" in problems(fetched)
    assert documents(fetched) == {"leave.html": LEAVE}


def test_an_index_of_sitemaps_is_followed_packed_or_not(site, tmp_path):
    site.list("/hr/leave", at="/a.xml")
    site.list("/hr/travel.html", at="/b.xml")
    site.put("/b.xml.gz", gzip.compress(site.pages["/b.xml"].body), type="application/gzip")
    site.put(
        "/index.xml",
        f"<sitemapindex><sitemap><loc>{site.url}/a.xml</loc></sitemap>"
        f"<sitemap><loc>{site.url}/b.xml.gz</loc></sitemap></sitemapindex>",
        type="text/xml",
    )
    fetched = fetch(tmp_path, f"{site.url}/index.xml")
    assert sorted(documents(fetched)) == ["hr/leave.html", "hr/travel.html"]
    site.pages["/b.xml.gz"] = Page(status=500)
    fetched = fetch(tmp_path, f"{site.url}/index.xml")
    assert sorted(documents(fetched)) == ["hr/leave.html", "hr/travel.html"]
    assert fetched.removed == ()


@pytest.mark.parametrize(
    "bomb",
    [
        b'<!-- --><!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset>&a;</urlset>',
        gzip.compress(b"<urlset>" + b" " * 60_000_000),
        b"<urlset><url><loc>",
    ],
)
def test_a_sitemap_that_was_made_to_do_harm_is_refused(site, tmp_path, bomb):
    site.put("/sitemap.xml", bomb, type="text/xml")
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert not fetched.reached
    assert "sitemap that cannot be read" in problems(fetched)


def test_what_robots_txt_forbids_is_not_asked_for(site, tmp_path):
    fetch(tmp_path, f"{site.url}/sitemap.xml")
    site.put("/robots.txt", "User-agent: charter\nDisallow: /hr/leave\n", type="text/plain")
    site.asked.clear()
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert "/hr/leave" not in site.paths
    assert fetched.removed == ("hr/leave.html",)
    assert "robots.txt" in problems(fetched)


def test_rules_that_cannot_be_had_forbid_everything_for_now(site, tmp_path):
    before = documents(fetch(tmp_path, f"{site.url}/sitemap.xml"))
    site.pages["/robots.txt"] = Page(status=503)
    site.asked.clear()
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert site.paths == ["/robots.txt"]
    assert not fetched.reached
    assert documents(fetched) == before


def test_redirects_are_followed_on_the_host_and_never_out_of_it(site, tmp_path):
    with serve() as other:
        other.put("/secret", "<p>SECRET</p>")
        site.put("/moved", b"", status=301, headers={"Location": "/hr/leave"})
        site.put("/out", b"", status=302, headers={"Location": f"{other.url}/secret"})
        site.put("/file", b"", status=302, headers={"Location": "file:///etc/passwd"})
        site.put("/loop", b"", status=302, headers={"Location": "/loop"})
        site.list("/moved", "/out", "/file", "/loop", f"{other.url}/secret")
        fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
        assert documents(fetched) == {"moved.html": LEAVE}
        assert other.asked == []
        assert problems(fetched).count("leads to another host") == 3
        assert problems(fetched).count("without end") == 1
        fetched = fetch(tmp_path, f"{site.url}/sitemap.xml", hosts=(f"127.0.0.1:{other.port}",))
        assert "<p>SECRET</p>" in documents(fetched).values()


def test_robots_are_asked_of_where_a_redirect_leads(site, tmp_path):
    site.put("/robots.txt", "User-agent: *\nDisallow: /hr/\n", type="text/plain")
    site.put("/moved", b"", status=301, headers={"Location": "/hr/leave"})
    site.list("/moved")
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert "/hr/leave" not in site.paths
    assert "robots.txt" in problems(fetched)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254"])
def test_a_public_source_never_leads_into_a_private_network(host):
    with httpx.Client() as http:
        client = WebClient(http, frozenset((host.strip("[]"),)), inside=False, delay=0)
        with pytest.raises(WebFailed, match="private network"):
            client.get(f"http://{host}/", check=nobody_asks)


def test_what_charter_cannot_read_is_named_and_left_out(site, tmp_path):
    site.put("/logo.png", b"\x89PNG", type="image/png")
    site.put("/blank", " ")
    site.list("/logo.png", "/blank", "/hr/leave")
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert list(documents(fetched)) == ["hr/leave.html"]
    assert "(image/png)" in problems(fetched)
    assert "is empty" in problems(fetched)


def test_a_document_that_is_too_large_is_not_taken(site, tmp_path):
    fetch(tmp_path, f"{site.url}/sitemap.xml")
    site.put("/hr/leave", b"x" * 50_000_001)
    site.put("/packed", gzip.compress(b"x" * 50_000_001), headers={"Content-Encoding": "gzip"})
    site.list("/hr/leave", "/packed")
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    assert problems(fetched).count("larger than 50 MB") == 2
    assert documents(fetched) == {"hr/leave.html": LEAVE}


@pytest.mark.parametrize(
    ("path", "content_type", "name"),
    [
        ("/", "text/html", "index.html"),
        ("/a/", "text/html", "a/index.html"),
        ("/a.pdf", "application/pdf", "a.pdf"),
        ("/a.pdf", "application/octet-stream", "a.pdf"),
        ("/a.md", "text/plain", "a.md"),
        ("/a.txt", "text/html", "a.html"),
        ("/a.php", "text/html", "a.php.html"),
    ],
)
def test_names_tell_the_address_and_the_format(site, tmp_path, path, content_type, name):
    site.put(path, "# x", type=content_type)
    site.list(path)
    assert list(documents(fetch(tmp_path, f"{site.url}/sitemap.xml"))) == [name]


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/x",
        "/%2e%2e/%2e%2e/x",
        "/.git/x",
        "/a?id=1",
        "/a%00b",
        "/con%5c..%5cx",
        "/" + "x" * 900,
    ],
)
def test_no_address_makes_a_name_that_leads_out_or_hides(site, tmp_path, path):
    site.pages = dict.fromkeys([path, path.replace("/../..", "")], Page(LEAVE.encode()))
    site.list(path.replace("&", "&amp;"))
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    inside = [file.path for file in list_files(fetched.folder)]
    assert [path.read_text() for path in inside] == [LEAVE]
    assert [path for path in tmp_path.rglob("*.html") if path not in inside] == []


def test_pages_that_differ_in_their_query_alone_are_different_documents(site, tmp_path):
    site.put("/p?id=1", LEAVE)
    site.put("/p?id=2", TRAVEL)
    site.put("/p", "<p>plain</p>")
    site.list("/p?id=1", "/p?id=2", "/p")
    names = documents(fetch(tmp_path, f"{site.url}/sitemap.xml"))
    assert sorted(names.values()) == sorted([LEAVE, TRAVEL, "<p>plain</p>"])
    assert documents(fetch(tmp_path, f"{site.url}/sitemap.xml")) == names


def test_two_formats_of_one_name_keep_their_own_addresses(site, tmp_path):
    site.put("/leave.html", LEAVE)
    site.put("/leave.md", "# Leave\n\nTen days.", type="text/markdown")
    site.list("/leave.html", "/leave.md")
    fetched = fetch(tmp_path, f"{site.url}/sitemap.xml")
    sources = {read_document(file).metadata.source for file in list_files(fetched.folder)}
    assert sources == {f"{site.url}/leave.html", f"{site.url}/leave.md"}


def test_the_encoding_that_only_the_server_names_is_kept(site, tmp_path):
    site.put("/hr/leave", "<p>congé annuel</p>".encode("cp1252"), type="text/html; charset=cp1252")
    fetched = fetch(tmp_path, f"{site.url}/hr/leave")
    (file,) = list_files(fetched.folder)
    assert read_document(file).text == "congé annuel"


def test_a_user_name_opens_its_own_host_and_is_shown_nowhere(site, tmp_path):
    with serve() as other:
        other.put("/x", LEAVE)
        site.put("/out", b"", status=302, headers={"Location": f"{other.url}/x"})
        site.list("/hr/leave", "/out")
        url = f"http://me:hush@127.0.0.1:{site.port}/sitemap.xml?token=hush"
        site.pages["/sitemap.xml?token=hush"] = site.pages["/sitemap.xml"]
        said: list[str] = []
        one = OriginSettings(name="intranet", web=url, delay=0, hosts=(f"127.0.0.1:{other.port}",))
        (fetched,) = fetch_all([one], tmp_path, said.append)
        assert len(documents(fetched)) == 2
        assert all("authorization" in headers for _, headers in site.asked)
        assert not any("authorization" in headers for _, headers in other.asked)
        assert "hush" not in f"{said} {fetched} {one}"
        stored = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert not any(b"hush" in path.read_bytes() for path in stored)
