"""When, by whom and against what a section was last read; approvals; what has become old since."""
