"""The picture that a message shows with a link to a page: made with Pillow, without network. Knows no MkDocs."""
