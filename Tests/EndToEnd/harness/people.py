"""People with accounts."""

from dataclasses import dataclass

from .site import Site
from .visitor import Answer, Visitor

# Drawn from a word list by dice; zxcvbn gives all of them 4.
PASSWORD = "marrow lantern quilt thirteen"
OTHER_PASSWORD = "velvet gravel orchid piston"
THIRD_PASSWORD = "copper thistle ledger umbrella"

SESSION = "__Host-session"


@dataclass
class Person:
    """Somebody with an account, and the browser that they sit at."""

    site: Site
    address: str
    password: str
    visitor: Visitor

    def sign_in(self, visitor: Visitor | None = None, password: str | None = None) -> Answer:
        """Signs in, at another browser if one is given."""
        return sign_in(visitor or self.visitor, self.address, password or self.password)

    def sign_out(self) -> Answer:
        self.visitor.get("/account/")
        return self.visitor.post("/account/sign-out")

    def elsewhere(self) -> Visitor:
        """Another browser of this person's, signed in."""
        visitor = self.site.visitor()
        assert self.sign_in(visitor).status == 303
        return visitor

    def reset_link(self) -> str:
        """Asks for a new password, and returns the link that is mailed."""
        self.site.visitor().fill("/account/reset", {"email": self.address})
        return self.site.mailbox.next(self.address).link


def sign_in(visitor: Visitor, address: str, password: str, **fields: str) -> Answer:
    return visitor.fill("/account/sign-in", {"email": address, "password": password, **fields})


def sign_up(visitor: Visitor, address: str, password: str = PASSWORD) -> Answer:
    return visitor.fill("/account/sign-up", {"email": address, "password": password})


def is_signed_in(visitor: Visitor) -> bool:
    answer = visitor.get("/account/")
    assert answer.status in (200, 303), answer.status
    return answer.status == 200


def new_person(site: Site, password: str = PASSWORD) -> Person:
    """Somebody who signed up, proved the address, and is signed in."""
    return new_people(site, 1, password)[0]


def new_people(site: Site, count: int, password: str = PASSWORD) -> list[Person]:
    """Several such people, whose mail comes at once."""
    people = [Person(site, site.new_address(), password, site.visitor()) for _ in range(count)]
    for person in people:
        assert sign_up(person.visitor, person.address, password).status == 303
    for person in people:
        link = site.mailbox.next(person.address).link
        assert press(person.visitor, link).status == 303
        if not is_signed_in(person.visitor):
            assert person.sign_in().status == 303
    return people


def press(visitor: Visitor, link: str, fields: dict[str, str] | None = None) -> Answer:
    """Opens a mailed link, and sends the one form of the page that it leads to."""
    page = visitor.follow(visitor.get(link)).page
    form = next(form for form in page.forms if form.method == "post" and form.action != "/account/sign-out")
    return visitor.post(form.action, fields)
