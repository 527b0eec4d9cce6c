"""The Swift product, as a package of somebody else's uses it."""

import subprocess

import pytest
from harness.site import ROOT

MANIFEST = """\
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "guest",
    dependencies: [.package(path: "{root}")],
    targets: [
        .executableTarget(name: "guest", dependencies: [.product(name: "Zxcvbn", package: "{identity}")])
    ])
"""

MAIN = """\
import Zxcvbn

let estimate = Estimator().estimate("zxcvbn", userInputs: ["ada"], referenceYear: 2026)
print(estimate.score.rawValue, estimate.guesses, estimate.feedback.warning?.text(in: .english) ?? "")
"""


@pytest.fixture(scope="module")
def guest(tmp_path_factory):
    directory = tmp_path_factory.mktemp("guest")
    sources = directory / "Sources" / "guest"
    sources.mkdir(parents=True)
    (directory / "Package.swift").write_text(MANIFEST.format(root=ROOT, identity=ROOT.name))
    (sources / "main.swift").write_text(MAIN)
    built = subprocess.run(
        ["swift", "build", "--package-path", directory, "--product", "guest"], capture_output=True, text=True, timeout=600)
    assert built.returncode == 0, built.stdout + built.stderr
    return directory / ".build" / "debug" / "guest"


def test_answers_as_the_original_does(guest):
    output = subprocess.run([guest], capture_output=True, text=True, check=True).stdout
    assert output == "0 58.0 This is a top-100 common password\n"


def test_brings_no_foundation_along(guest):
    libraries = subprocess.run(["ldd", guest], capture_output=True, text=True, check=True).stdout
    assert "libswiftCore" in libraries and "Foundation" not in libraries
    names = subprocess.run(["nm", guest], capture_output=True, text=True, check=True).stdout
    assert "$s6Zxcvbn" in names and "Foundation" not in names
