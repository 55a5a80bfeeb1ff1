"""What looks at the clock and the network, once a week and never in a build: links, reviews due, releases, known holes."""
