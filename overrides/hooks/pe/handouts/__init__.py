"""One sheet of paper for each page: PDFs made with Typst from the same Markdown and ledger as the pages. Knows no MkDocs."""
