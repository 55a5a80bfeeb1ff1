"""Where the files of the search lie below the root of the site."""


def folder_of(locale: str) -> str:
    """The folder of a language's files, with a final slash."""
    return f"search/{locale}/"


def words_of(locale: str) -> str:
    """The file that is fetched first; it names the folder of the others."""
    return f"{folder_of(locale)}words.js"
