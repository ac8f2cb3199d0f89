use super::{doc, markdown, one_line};
use crate::ir;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(markdown(text).as_str(), expected, "{text}");
    assert_eq!(markdown(expected).as_str(), expected, "not canonical: {text}");
}

#[test]
fn text_without_markup_is_unchanged() {
    check("The id of the user.", "The id of the user.");
    check("a snake_case word, 3 * 4, a [b", "a snake_case word, 3 * 4, a \\[b");
    check("first\nsecond", "first second");
}

#[test]
fn urls_become_autolinks() {
    check(
        "See https://a.example.com/x_y_z?q=1. Bye",
        "See <https://a.example.com/x_y_z?q=1>. Bye",
    );
    check("(https://a.example.com/x)", "(<https://a.example.com/x>)");
    check("`https://a.example.com`", "`https://a.example.com`");
    check(
        "[here](https://a.example.com/a(b))",
        "[here](https://a.example.com/a%28b%29)",
    );
    check("https:// is a scheme", "https:// is a scheme");
}

#[test]
fn relative_links_become_text() {
    check("see [the guide](/docs/guide) and [Foo](#foo)", "see the guide and Foo");
    check("an array[0] or [string]", "an array\\[0] or \\[string]");
}

#[test]
fn images_become_their_alternative_text() {
    check("a ![diagram](https://a.example.com/d.png)", "a diagram");
    check(
        "[![Run in Postman](https://a.example.com/b.svg)](https://a.example.com/run)",
        "[Run in Postman](https://a.example.com/run)",
    );
    check("![](https://a.example.com/d.png) text", "text");
    check(
        "[![](https://a.example.com/b.svg)](https://a.example.com)",
        "<https://a.example.com>",
    );
}

#[test]
fn html_becomes_markdown() {
    check("<p>One <b>bold</b> word</p><p>two</p>", "One **bold** word\n\ntwo");
    check("a<br/>b", "a\n\nb");
    check(
        "<ul><li>one</li>\n <li>two <code>x</code></li></ul>after",
        "- one\n- two `x`\n\nafter",
    );
    check(
        "<ol><li>one<ul><li>deep</li></ul></li><li>two</li></ol>",
        "1. one\n   - deep\n2. two",
    );
    check(
        "<a href=\"https://a.example.com\">here</a> <a name=x>there</a>",
        "[here](https://a.example.com) there",
    );
    check("<h2>Title</h2>text<!-- gone -->", "**Title**\n\ntext");
    check("<pre>a &lt; b\n  c</pre>", "```text\na < b\n  c\n```");
    check("<span style='x'>kept</span>", "kept");
}

#[test]
fn text_that_resembles_html_is_escaped() {
    check("/users/<id>/Vec<T>", "/users/\\<id>/Vec\\<T>");
    check("a < b and c > d", "a < b and c > d");
    check("&lt;script&gt;", "\\<script>");
    check("`<T>`", "`<T>`");
    check("<p", "\\<p");
}

#[test]
fn code_is_fenced_and_labeled() {
    check("```\nlet x;\n```", "```text\nlet x;\n```");
    check("```rust\nlet x;\n```", "```text\nlet x;\n```");
    check("```JSON\n{}\n```", "```json\n{}\n```");
    check(
        "text\n\n    indented\n      more",
        "text\n\n```text\nindented\n  more\n```",
    );
    check("~~~\na ``` b\n~~~", "````text\na ``` b\n````");
}

#[test]
fn lists_have_exact_indents() {
    check("* one\nlazy\n* two\n    * deep", "- one lazy\n- two\n  - deep");
    check("text\n* one\n\n* two", "text\n\n- one\n\n- two");
    check("3) a\n4) b\n\nafter", "3. a\n4. b\n\nafter");
    check("- a\n\n  b\n- c", "- a\n\n  b\n\n- c");
    check("- a\n  ```\n  x\n\n  y\n  ```", "- a\n\n  ```text\n  x\n\n  y\n  ```");
}

#[test]
fn blocks_are_distinguished_from_text() {
    check("# Title\nbody", "**Title**\n\nbody");
    check("Title\n=====\nbody", "**Title**\n\nbody");
    check("\\# no title", "\\# no title");
    check("1\\. no list", "1\\. no list");
    check("> quoted\n> more", "> quoted more");
    check(
        "before\n> quoted\n\n> another\n>\n> more",
        "before\n\n> quoted\n\n> another\n>\n> more",
    );
    check("- item\n\n  > quoted", "- item\n\n  > quoted");
    check("> [!NOTE]\n> mind", "> **Note**\n>\n> mind");
    check(
        "| a | b |\n|---|---|\n| `x|y` | 2 |",
        "| a | b |\n| --- | --- |\n| \\`x | y\\` |",
    );
    check("a\n\n---\n\nb", "a\n\nb");
}

#[test]
fn directives_become_block_quotes() {
    check(
        ":::{admonition} Mind the gap\n:class: warning\ntext\n\n- item\n:::\nafter",
        "> **Mind the gap**\n>\n> text\n>\n> - item\n\nafter",
    );
    check("::: warning\ntext\n:::", "> **Warning**\n>\n> text");
    check(
        ":::note\nouter\n:::tip\ninner\n:::\n:::\nafter",
        "> **Note**\n>\n> outer\n>\n> **Tip**\n>\n> inner\n\nafter",
    );
    check("before\n:::note\nnot closed", "before\n\n> **Note**\n>\n> not closed");
}

#[test]
fn invisible_characters_are_removed() {
    check("a\u{202e}b\u{7}\r\nc\td\u{feff}", "ab c d");
    check("*/ // \"#]", "\\*/ // \"#]");
}

#[test]
fn the_summary_is_one_sentence() {
    let docs = |summary: Option<&str>, description: Option<&str>| {
        let docs = ir::Docs {
            summary: summary.map(Into::into),
            description: description.map(Into::into),
            deprecated: None,
        };
        let doc = doc(&docs, || "get user".to_owned());
        (doc.summary.to_string(), doc.body.to_string())
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(docs(None, None), pair("get user.", ""));
    assert_eq!(docs(Some("Get"), Some("Get")), pair("Get.", ""));
    assert_eq!(
        docs(Some("Get"), Some("Gets it, e.g. One.")),
        pair("Get.", "Gets it, e.g. One.")
    );
    assert_eq!(
        docs(None, Some("One v1.2 a. Two\nb.\n\nThree.")),
        pair("One v1.2 a.", "Two b.\n\nThree.")
    );
    assert_eq!(docs(None, Some("- a\n- b")), pair("", "- a\n- b"));
    assert_eq!(
        docs(None, Some("**Step 1. Install** it. Then run.")),
        pair("**Step 1. Install** it.", "Then run.")
    );
    assert_eq!(docs(None, Some("3\\*4. Then go.")), pair("3\\*4.", "Then go."));
}

#[test]
fn one_line_joins_all_lines() {
    assert_eq!(one_line("a\n\nb `c`\n- d"), "a b `c` - d");
}
