"""Where things stand: the root, the languages, the pages. mkdocs.yml is the one list of languages."""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from babel import Locale, UnknownLocaleError

from . import yamlfile
from .complaint import Complaint
from .yamlfile import Listed, Mapped, Value

YES, NO = ("true", "yes", "on"), ("false", "no", "off")
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site, as mkdocs.yml names it."""

    locale: str
    name: str
    default: bool
    site_name: str


class Project:
    """The folder of the project and what mkdocs.yml says about it.

    In: the root folder. `complaints` tells what is wrong with mkdocs.yml; the languages are then empty
    or those that could be read.
    """

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self.config, self.complaints = yamlfile.read(self.root / "mkdocs.yml", "mkdocs.yml")
        self.retired: tuple[str, ...] = ()  # languages with `build: false`: their addresses lead to the default language
        self.languages: tuple[Language, ...] = self._languages()

    @property
    def docs(self) -> Path:
        """Folder of the pages."""
        return self.root / "docs"

    @property
    def evidence(self) -> Path:
        """Folder of the ledger."""
        return self.docs / "evidence"

    @property
    def figures(self) -> Path:
        """Folder of the drawings."""
        return self.docs / "figures"

    @property
    def translations(self) -> Path:
        """Folder of the interface strings and addresses."""
        return self.root / "translations"

    @property
    def locales(self) -> tuple[str, ...]:
        """Codes of the languages, in the order of mkdocs.yml."""
        return tuple(one.locale for one in self.languages)

    def setting(self, name: str) -> str:
        """A text under `extra` in mkdocs.yml; empty where there is none. `!ENV [NAME, fallback]` is resolved."""
        extra = self.config.get("extra")
        return _resolved(extra.get(name, "")) if isinstance(extra, Mapped) else ""

    @property
    def default(self) -> str:
        """Code of the default language."""
        return next((one.locale for one in self.languages if one.default), "en")

    @property
    def others(self) -> tuple[str, ...]:
        """Codes of all languages but the default one."""
        return tuple(code for code in self.locales if code != self.default)

    @property
    def site_url(self) -> str:
        """Address of the site with a final slash; `!ENV [NAME, fallback]` is resolved."""
        text = _resolved(self.config.get("site_url", ""))
        return text if text.endswith("/") or not text else text + "/"

    @cached_property
    def page_names(self) -> tuple[str, ...]:
        """Names of the pages (without .md) in the default language, sorted."""
        return self.names_in(self.default)

    def names_in(self, language: str) -> tuple[str, ...]:
        """Names of the pages (without .md) that a language has, sorted."""
        return tuple(sorted(path.stem for path in (self.docs / language).glob("*.md")))

    def page_path(self, language: str, name: str) -> Path:
        """Path of a page's Markdown file."""
        return self.docs / language / f"{name}.md"

    def shown(self, path: Path) -> str:
        """A path as complaints show it: from the root, with slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    def _languages(self) -> tuple[Language, ...]:
        plugins = self.config.get("plugins")
        entries = Listed()
        for plugin in plugins if isinstance(plugins, list) else []:
            settings = plugin.get("i18n") if isinstance(plugin, dict) else None
            listed = settings.get("languages") if isinstance(settings, dict) else None
            entries = listed if isinstance(listed, Listed) else entries
        found: list[Language] = []
        for entry in entries:
            if isinstance(entry, Mapped) and entry.get("locale"):
                locale, name = str(entry["locale"]), str(entry.get("name", entry["locale"]))
                if fault := _misnamed(locale, [*(one.locale for one in found), *self.retired]):
                    self.complaints.append(Complaint("mkdocs.yml", entry.line, "languages", fault))
                elif not self._flag(entry, "build", "true"):
                    self.retired = (*self.retired, locale)
                else:
                    default = self._flag(entry, "default", "false")
                    found.append(Language(locale, name, default, str(entry.get("site_name", ""))))
            else:
                what = "found a language without `locale`. Write `- {locale: de, name: Deutsch}`."
                self.complaints.append(Complaint("mkdocs.yml", entries.line, "languages", what))
        count = sum(one.default for one in found)
        if count != 1 and not self.complaints:
            what = (
                f"found {count} default languages under plugins, i18n, languages: expected 1."
                " Write `default: true` at one of them."
            )
            self.complaints.append(Complaint("mkdocs.yml", entries.line, "languages", what))
        return tuple(found)

    def _flag(self, entry: Mapped, key: str, unsaid: str) -> bool:
        """A setting of a language that is true or false, as YAML 1.1 writes them."""
        said = str(entry.get(key, unsaid))
        if said.lower() not in (*YES, *NO):
            what = f"found `{key}: {said}`, expected true or false."
            self.complaints.append(Complaint("mkdocs.yml", entry.line, "languages", what))
        return said.lower() in YES


def _misnamed(locale: str, known: list[str]) -> str:
    """What is wrong with the code of a language, which names folders, addresses and the rules of its dates and words."""
    if locale in known:
        return f"found the language `{locale}` twice, expected it once. Remove one of the two."
    try:
        if CODE.fullmatch(locale) and Locale.parse(locale, sep="-"):
            return ""
    except (UnknownLocaleError, ValueError):
        pass
    return f"found the language `{locale}`, expected a code such as de or pt-BR. Write it as Babel (CLDR) does."


def _resolved(value: Value) -> str:
    """A setting as text; `!ENV [NAME, OTHER, fallback]` is the first variable that is set, else the fallback."""
    if isinstance(value, list):
        *names, fallback = [str(one) for one in value] or [""]
        return next((os.environ[name] for name in names if os.environ.get(name)), fallback)
    return str(value)
