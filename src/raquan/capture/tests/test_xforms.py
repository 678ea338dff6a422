"""What a record's bytes say: its answers, whatever their shape."""

from raquan.capture.gateways.xforms import answer_at, read_answers, read_head


def test_answers_are_read_by_group_and_repeat() -> None:
    answers = read_answers(b"<data id='x'><g><a>1</a></g><r><b>2</b></r><r><b>3</b></r><meta/></data>")
    assert answers == {"g": {"a": "1"}, "r": [{"b": "2"}, {"b": "3"}]}
    assert [answer_at(answers, path) for path in ("g/a", "r/b", "g", "none/a")] == ["1", "", "", ""]


def test_a_record_says_which_it_is() -> None:
    head = read_head(b"<data id=' x ' version='1'><meta><instanceID> uuid:1 </instanceID></meta></data>")
    assert (head.form_id, head.version, head.instance_id, head.deprecated_id) == ("x", "1", "uuid:1", "")
