"""What is written beside the pages: open data, styles and scripts, the security policy."""
