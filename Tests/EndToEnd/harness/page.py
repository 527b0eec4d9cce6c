"""What a test wants to know of an HTML page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form: where it goes, and the fields that stand in it, in their order."""

    action: str
    method: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    fields: dict[str, dict[str, str]] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """A parsed page."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.text = ""
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.resources: list[str] = []
        self.problems: list[str] = []
        self.has_alert = False
        self._open: list[tuple[str, bool]] = []
        self.feed(text)
        self.close()

    def form(self, action: str) -> Form:
        """The first form that goes to a path."""
        return next(form for form in self.forms if form.action.partition("?")[0] == action)

    def value(self, name: str) -> str:
        """The value of the first field or button of a name."""
        for form in self.forms:
            for attributes in [*form.fields.values(), *form.buttons]:
                if attributes.get("name") == name:
                    return attributes.get("value", "")
        raise LookupError(f"no field {name} in the page {self.title!r}")

    def values(self, name: str) -> list[str]:
        """The values of all fields and buttons of a name."""
        return [
            attributes.get("value", "")
            for form in self.forms
            for attributes in [*form.fields.values(), *form.buttons]
            if attributes.get("name") == name
        ]

    # The parser's own calls.

    _VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        is_alert = attributes.get("role") == "alert"
        self.has_alert = self.has_alert or is_alert
        if tag not in self._VOID:
            self._open.append((tag, is_alert))
        match tag:
            case "form":
                self.forms.append(Form(attributes.get("action", ""), attributes.get("method", "get").lower()))
            case "input" | "textarea" | "select" if self.forms:
                form = self.forms[-1]
                name = attributes.get("name", "")
                form.fields[name] = attributes
                if attributes.get("type") == "hidden":
                    form.hidden.append((name, attributes.get("value", "")))
            case "button" if self.forms:
                self.forms[-1].buttons.append(attributes)
            case "a":
                self.links.append(attributes.get("href", ""))
                if any(alert for _, alert in self._open) and attributes.get("href", "").startswith("#"):
                    self.problems.append(attributes["href"][1:])
            case "link" | "script" | "img" | "iframe" | "source":
                self.resources.append(attributes.get("href") or attributes.get("src", ""))

    def handle_endtag(self, tag):
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return

    def handle_data(self, data):
        if any(tag == "title" for tag, _ in self._open):
            self.title += data
        elif not any(tag in ("script", "style") for tag, _ in self._open):
            self.text += data
