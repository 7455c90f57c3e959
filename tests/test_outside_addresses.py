import pytest

from app.models.access import Role
from app.outside_addresses import MailServer, is_safe, mail_server
from app.role_mapping import ROLES, RoleRule, matching, parse


@pytest.mark.parametrize("address", ["https://login.example/x", "http://localhost:3000", "http://127.0.0.1"])
def test_a_sign_in_is_asked_over_tls_or_on_this_machine(address):
    assert is_safe(address)


@pytest.mark.parametrize(
    "address",
    ["http://login.example", "http://localhost.evil.example", "https://", "ftp://x.example", "https://a:b@x.example",
     "https://x.example:port", "http://169.254.169.254"],
)  # fmt: skip
def test_any_other_address_is_not(address):
    assert not is_safe(address)


def test_a_mail_server_is_read_with_its_password():
    assert mail_server("smtp://bas%40x:p%2Fw@mail.example:587?starttls") == MailServer(
        "mail.example", 587, False, True, "bas@x", "p/w"
    )
    assert mail_server("smtps://mail.example").port == 465
    assert mail_server("smtp://localhost").port == 25
    assert "p/w" not in repr(mail_server("smtps://bas:p%2Fw@mail.example"))


@pytest.mark.parametrize(
    "address", ["smtp://u:secret@mail.example", "http://mail.example", "smtp://:x", "secret"]
)
def test_mail_in_the_open_is_refused_without_repeating_the_password(address):
    with pytest.raises(ValueError) as refused:
        mail_server(address)
    assert "secret" not in str(refused.value)


def test_roles_are_read_and_found_in_claims():
    rules = parse(
        "groups:balie=teamlid@Stadskantoor; realm_access.roles:hoofd=manager@Gemeente/Stadskantoor;"
    )
    assert rules[1] == RoleRule("realm_access.roles", "hoofd", "manager", "Gemeente/Stadskantoor")
    assert matching(rules, {"groups": ["balie", 3], "realm_access": {"roles": ["hoofd"]}}) == rules
    assert matching(rules, {"groups": "balie"}) == rules[:1]
    assert matching(rules, {"groups": None, "realm_access": "hoofd"}) == ()
    (named,) = parse("https://safari.example/groups:urn:x=y=lezer@Markt")
    assert (named.claim, named.value) == ("https://safari.example/groups", "urn:x=y")


@pytest.mark.parametrize(
    "text", ["balie", "groups:balie=baas@X", "groups:balie=teamlid", "=teamlid@X", "a:b=lezer@"]
)
def test_a_wrong_mapping_is_refused(text):
    with pytest.raises(ValueError, match="is not claim:value=role@location"):
        parse(text)


def test_the_roles_of_the_mapping_are_ours():
    assert set(ROLES) == set(Role)
