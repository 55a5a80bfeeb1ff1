"""From Markdown and ledger to HTML. Knows Python-Markdown and Jinja, not MkDocs."""
