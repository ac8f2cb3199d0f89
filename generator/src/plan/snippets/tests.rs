use super::layout::Code;

#[test]
fn code_layout_follows_rustfmt() {
    let text = Code::text;
    let short = Code::chain(text("client"), vec![text("pets()"), text("send()")]);
    assert_eq!(short.statement(1, "let a = ", ";"), "    let a = client.pets().send();");
    let more = format!(";\n{}", "x".repeat(90));
    assert_eq!(short.statement(0, "", &more), format!("client.pets().send(){more}"));
    let word = "\"a text of some thirty letters\"";
    let call = |name: &str| Code::call(name, vec![text(word), text(word)]);
    let long = Code::chain(
        text("client"),
        vec![Code::call("add", vec![call("new")]), text("send()")],
    );
    assert_eq!(
        long.statement(0, "", ";"),
        format!("client\n    .add(new(\n        {word},\n        {word},\n    ))\n    .send();")
    );
    let made = Code::chain(call("new"), vec![Code::call("with", vec![text("1")])]);
    assert_eq!(
        made.statement(0, "", ""),
        format!("new(\n    {word},\n    {word},\n)\n.with(1)")
    );
}
