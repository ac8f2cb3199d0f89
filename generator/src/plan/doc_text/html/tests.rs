use super::to_markdown;

#[track_caller]
fn check(html: &str, expected: &str) {
    assert_eq!(to_markdown(html), expected, "{html}");
}

#[test]
fn attributes_are_read_as_html_reads_them() {
    check(
        "<a title='a > b' HREF=https://a.example/?x=1&amp;y=2>x</a>",
        "[x](<https://a.example/?x=1&y=2>)",
    );
    check("<a href = \"https://a.example\" >x</a >", "[x](<https://a.example>)");
    check("<a\nhref='https://a.example'\n>x</a>", "[x](<https://a.example>)");
    check("<a data-href='https://a.example'>x</a>", "x");
}

#[test]
fn tags_without_an_end_are_text() {
    check("a <b", "a <b");
    check("a <b\n\nc> d", "a <b\n\nc> d");
    check("a <p <b>c</b>", "a <p **c**");
    check("1 < 2 <> 3 </ 4", "1 < 2 <> 3 </ 4");
}

#[test]
fn elements_without_an_end_tag_have_no_marks() {
    check("<b>a", "a");
    check("<code>a <T>", "a \\<T>");
    check("<b>a <i>b</b> c</i>", "**a b** c");
    check("<b>a <strong>b</strong> c</b> d", "**a b c** d");
    check("a</b></code></ul>", "a\n\n");
}

#[test]
fn code_is_the_text_of_its_element() {
    check("<code>a &lt;b&gt; &amp;amp; <i>c</i> <T></code>", "`a <b> &amp; c <T>`");
    check("<code>a`b</code>", "`` a`b ``");
    check("<code>a < b && c</code>", "`a < b && c`");
    check("<pre>a<br>b</pre>", "\n\n~~~~\na\nb\n~~~~\n\n");
    check("<tt>é &eacute; <!-- x --> y</tt>", "`é é <!-- x --> y`");
}

#[test]
fn markdown_code_and_autolinks_are_unchanged() {
    check("`<b>` <b>x</b> ``<i>` ``", "`<b>` **x** ``<i>` ``");
    check("a ``` <b>x</b>", "a ``` **x**");
    check("a\n```\n<b>x</b>\n```\n<b>y</b>", "a\n```\n<b>x</b>\n```\n**y**");
    check("~~~\n<p>", "~~~\n<p>");
    check("\\<b> `<p>\n\n` x", "\\<b> `\n\n\n\n` x");
    check(
        "<https://a.example/x?y=z> <a@b.example> <br>",
        "<https://a.example/x?y=z> <a@b.example> \n\n",
    );
}

#[test]
fn an_item_in_an_emphasized_text_stays_in_bounds() {
    check("é   <b>   <ul>  <li>é</b>", "é   \n\n- é");
}

/// None of these texts takes time that is quadratic in its length.
#[test]
fn long_texts_are_converted_in_linear_time() {
    let parts = [
        "<",
        "<a ",
        "<b>",
        "<b><i>",
        "</b>",
        "<code>",
        "<pre>x",
        "`",
        "` ``",
        "<!--",
        "<ul><li>",
        "<br>",
        "<p>",
        "\\",
        "</",
        "<b></i>",
        "~~~",
        "<a href='",
        "&lt;",
    ];
    for part in parts {
        let html = format!("<b>{}</b>", part.repeat(30_000));
        let markdown = to_markdown(&html);
        assert!(
            markdown.len() <= 100 * html.len(),
            "{part}: {} of {}",
            markdown.len(),
            html.len()
        );
    }
}
