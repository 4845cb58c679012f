"""What MkDocs asks while it builds the site: pages of the top of the repository join the site, and links follow them there.

A page of `docs/` is read in the repository as well as on the site. So links are written as they work in the repository, and are turned here:
to a page of the site when the file is one, to its bare words when it is a file of the repository that the site does not have.
"""

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).parents[1]
TOP = ("ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGES.md")
_LINK = re.compile(r"(?P<image>!?)\[(?P<words>[^\]]*)\]\((?P<target>[^)\s#:]+)(?P<anchor>#[^)]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """The pages of the top of the repository, below `project/`."""
    for name in TOP:
        files.append(File.generated(config, f"project/{name}", abs_src_path=str(ROOT / name)))
    return files


def on_page_markdown(markdown: str, page: Any, files: Any, **_: Any) -> str:
    """Links as they work on the site."""
    here = _in_repository(page.file.src_uri)

    def turned(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(here), link["target"]))
        on_site = _on_site(target)
        if files.get_file_from_path(on_site):
            relative = posixpath.relpath(on_site, posixpath.dirname(page.file.src_uri) or ".")
            return f"{link['image']}[{link['words']}]({relative}{link['anchor'] or ''})"
        # A file that is not even in the repository stays a link, for the strict build to stumble over.
        return link["words"] if (ROOT / target).exists() else link.group()

    return _LINK.sub(turned, markdown)


def _in_repository(src_uri: str) -> str:
    name = src_uri.removeprefix("project/")
    return name if name != src_uri else f"docs/{src_uri}"


def _on_site(target: str) -> str:
    return f"project/{target}" if target in TOP else target.removeprefix("docs/")
