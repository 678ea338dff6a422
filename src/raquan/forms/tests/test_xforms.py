"""What a definition says, and what is none."""

import pytest

from raquan.forms.gateways.xforms import NAMESPACE, read_form
from raquan.kernel.refused import Refused

DEFINITION = f"""
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:r="{NAMESPACE}">
<h:head><h:title> Khảo sát </h:title><model>
<instance><data id="survey" version="3"><place><name/></place><photo/>
<person><age/></person><person><age/></person><meta><instanceID/></meta></data></instance>
<bind nodeset="/data/place/name" type="string" r:assist="outing"/>
<bind nodeset="/data/photo" type="binary"/><bind nodeset="/data/person/age" type="int"/>
</model></h:head><h:body><repeat nodeset="/data/person"/></h:body></h:html>
"""


def test_a_definition_says_what_it_asks() -> None:
    found = read_form(DEFINITION.encode())
    assert (found.form_id, found.version, found.title) == ("survey", "3", "Khảo sát")
    assert (found.assist, found.uploads) == ({"outing": "place/name"}, ("photo",))
    assert found.fields == (
        ("place", "group"),
        ("place/name", "string"),
        ("photo", "binary"),
        ("person", "repeat"),
        ("person/age", "int"),
    )


@pytest.mark.parametrize(
    ("definition", "code", "message"),
    [
        (b"<h/>", "form.id_missing", "Biểu mẫu không có mã (form_id)."),
        (b"<h>", "form.malformed", "Biểu mẫu không phải là XML đúng (dòng 1, cột 4)."),
        (b"<!DOCTYPE h><h/>", "form.doctype", "Biểu mẫu có khai báo DOCTYPE nên không được nhận."),
    ],
)
def test_what_is_no_definition_is_refused(definition: bytes, code: str, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_form(definition)
    assert (refusal.value.code, refusal.value.text()) == (code, message)
