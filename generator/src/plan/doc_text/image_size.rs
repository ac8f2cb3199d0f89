//! Sizes of images in Markdown, `![alt](url =100x50)`, which some editors accept. CommonMark has none and reads such an
//! image as text.

use std::borrow::Cow;

/// Returns the text without the sizes of images.
pub(super) fn removed(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(" =") {
        let (before, after) = rest.split_at(at);
        let end = after
            .find(')')
            .filter(|end| is_size(&after[2..*end]) && follows_url(before));
        out.push_str(before);
        // Without a size, the two characters are kept.
        let taken = end.unwrap_or(2);
        if end.is_none() {
            out.push_str(" =");
        }
        rest = &after[taken..];
    }
    if out.is_empty() {
        return text.into();
    }
    out.push_str(rest);
    out.into()
}

/// Returns whether a text is a size, such as `100x50`, `128pxx32px`, `50%x` or `x20`.
fn is_size(text: &str) -> bool {
    text.contains('x')
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "%xpem".contains(c))
}

/// Returns whether a text ends with the start of a link or image and its URL.
fn follows_url(text: &str) -> bool {
    text.rsplit_once("](")
        .is_some_and(|(_, url)| !url.is_empty() && !url.contains(|c: char| c.is_whitespace() || c == ')'))
}

#[cfg(test)]
mod tests {
    use super::removed;

    #[test]
    fn only_sizes_of_images_are_removed() {
        for (text, expected) in [
            ("![a](https://x.y/z.svg =128pxx32px)", "![a](https://x.y/z.svg)"),
            ("[![a](b.png =100x) c](d) ![e](f =x20)", "[![a](b.png) c](d) ![e](f)"),
            ("a =1x2) and [b](c) =3x4)", "a =1x2) and [b](c) =3x4)"),
            ("[a](b =c)", "[a](b =c)"),
            ("x =1 [a](b \"c =2x2\")", "x =1 [a](b \"c =2x2\")"),
        ] {
            assert_eq!(removed(text), expected);
        }
    }
}
