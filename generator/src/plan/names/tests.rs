use super::{Case, Claim, Rank, Scope, Words};

#[track_caller]
fn check(text: &str, snake: &str, pascal: &str) {
    let words = Words::of(text);
    assert_eq!(
        (words.snake().as_str(), words.pascal().as_str()),
        (snake, pascal),
        "{text}"
    );
}

#[test]
fn words_are_found_whatever_the_case() {
    check("getActivityById", "get_activity_by_id", "GetActivityById");
    check("list-for-org", "list_for_org", "ListForOrg");
    check("HTTPResponse", "http_response", "HttpResponse");
    check("userIDs", "user_ids", "UserIds");
    check("URLs", "urls", "Urls");
    check("OAuth2Token", "oauth2_token", "Oauth2Token");
    check("X-Request-ID", "x_request_id", "XRequestId");
    check("User's name", "users_name", "UsersName");
    check("v1.2/Größe", "v1_2_grosse", "V12Grosse");
}

#[test]
fn sigils_of_the_wire_are_left_out() {
    check("$maxpagesize", "maxpagesize", "Maxpagesize");
    check("@nextLink", "next_link", "NextLink");
    check("@odata.type", "odata_type", "OdataType");
    check("filter[name]", "filter_name", "FilterName");
}

#[test]
fn symbols_are_spelled_where_nothing_else_is_there() {
    check("<", "less_than", "LessThan");
    check("=", "equal", "Equal");
    check("", "empty", "Empty");
    check("+1", "plus_1", "Plus1");
    check("-1", "minus_1", "Minus1");
    check("*", "star", "Star");
    assert_eq!(Words::spelled("c++").pascal(), "CPlusPlus");
    assert_eq!(Words::spelled("\u{202e}").pascal(), "Unnamed");
}

#[test]
fn a_name_never_begins_with_a_digit() {
    assert_eq!(Words::of("24h").lettered("value").snake(), "value_24h");
    assert_eq!(Words::of("h24").lettered("value").snake(), "h24");
}

#[test]
fn the_common_part_of_two_names_stands_once() {
    assert_eq!(Words::of("User").join(&Words::of("userType")).pascal(), "UserType");
    assert_eq!(Words::of("User").join(&Words::of("type")).pascal(), "UserType");
}

fn settled(claims: &[Claim], case: Case) -> Vec<String> {
    Scope::new(case)
        .idents(claims)
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn names_do_not_depend_on_the_order_of_the_claims() {
    let claim = |rank, key: &str, text: &str| Claim::new(rank, key, Words::of(text)).or(Words::spelled(text));
    let mut claims = vec![
        claim(Rank::Document, "-created", "-created"),
        claim(Rank::Document, "created", "created"),
        claim(Rank::Given, "z", "Created"),
        claim(Rank::Document, "c++", "c++"),
        claim(Rank::Document, "c", "c"),
    ];
    let forth = settled(&claims, Case::Pascal);
    assert_eq!(forth, ["MinusCreated", "Created2", "Created", "CPlusPlus", "C"]);
    claims.reverse();
    let mut back = settled(&claims, Case::Pascal);
    back.reverse();
    assert_eq!(forth, back);
}

#[test]
fn names_that_differ_in_case_alone_are_the_same() {
    let claim = |text: &str| Claim::new(Rank::Document, text, Words::of(text));
    assert_eq!(
        settled(&[claim("UserID"), claim("Userid")], Case::Pascal),
        ["UserId2", "Userid"]
    );
    // The one that is written as the name is gets it, wherever it stands.
    assert_eq!(
        settled(&[claim("USER"), claim("User"), claim("user")], Case::Pascal),
        ["User2", "User", "User3"]
    );
}

#[test]
fn companions_are_free_too() {
    let claim = |text: &str| Claim::new(Rank::Document, text, Words::of(text)).or(Words::of(text).then("call"));
    let mut scope = Scope::new(Case::Pascal).with_companions(&["error"]);
    let names: Vec<String> = scope
        .idents(&[claim("get"), claim("get_error")])
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["Get", "GetErrorCall"]);
}
