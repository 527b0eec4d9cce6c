# Each word is a script of its own in scripts/, to be read there.

.PHONY: demo test check bench library dist install deb

# The site at http://localhost:8080, until Ctrl-C. Takes PORT=, DATA=, SERVER= and BREACHED=.
demo:
	@scripts/demo

# Every test: units, page scripts, servers, browser.
test:
	@scripts/test

# What CI runs: formatting, warnings as errors, every test, valid pages.
check:
	@scripts/check

# The benchmarks, each beside its peers; prints ratios.
bench:
	@scripts/bench

# The scorer as a library for C, in library/.
library:
	@scripts/library

# A release for any Linux of this architecture, in dist/.
dist:
	@scripts/dist

# The same onto this machine. Takes PREFIX= and DESTDIR=.
install:
	@scripts/install

# The same as a Debian package, in dist/.
deb:
	@scripts/deb
