use super::{Casing, Claim, Rank, Scope, Words};

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
fn text_is_split_in_any_case() {
    check("getActivityById", "get_activity_by_id", "GetActivityById");
    check("list-for-org", "list_for_org", "ListForOrg");
    check("HTTPResponse", "http_response", "HttpResponse");
    check("userIDs", "user_ids", "UserIds");
    check("URLs", "urls", "Urls");
    check("OAuth2Token", "oauth2_token", "Oauth2Token");
    check("getAppsV1APIGroup", "get_apps_v1_api_group", "GetAppsV1ApiGroup");
    check("TV1Show", "tv1_show", "Tv1Show");
    check("500Error", "500_error", "500Error");
    check("list-30Days", "list_30_days", "List30Days");
    check("2FAInfo", "2fa_info", "2faInfo");
    check("3DSecure", "3d_secure", "3dSecure");
    check("4XXError", "4xx_error", "4xxError");
    check("X-Request-ID", "x_request_id", "XRequestId");
    check("User's name", "users_name", "UsersName");
    check("v1.2/Größe", "v1_2_grosse", "V12Grosse");
}

#[test]
fn symbols_separate_words() {
    check("$maxpagesize", "maxpagesize", "Maxpagesize");
    check("@nextLink", "next_link", "NextLink");
    check("@odata.type", "odata_type", "OdataType");
    check("filter[name]", "filter_name", "FilterName");
}

#[test]
fn names_of_symbols_only_are_spelled_out() {
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
fn a_name_never_starts_with_a_digit() {
    assert_eq!(Words::of("24h").starting_with_letter("value").snake(), "value_24h");
    assert_eq!(Words::of("h24").starting_with_letter("value").snake(), "h24");
}

#[test]
fn join_does_not_repeat_common_words() {
    assert_eq!(Words::of("User").join(&Words::of("userType")).pascal(), "UserType");
    assert_eq!(Words::of("User").join(&Words::of("type")).pascal(), "UserType");
}

fn resolved(claims: &[Claim], case: Casing) -> Vec<String> {
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
        claim(Rank::Explicit, "z", "Created"),
        claim(Rank::Document, "c++", "c++"),
        claim(Rank::Document, "c", "c"),
    ];
    let forward = resolved(&claims, Casing::Pascal);
    assert_eq!(forward, ["MinusCreated", "Created2", "Created", "CPlusPlus", "C"]);
    claims.reverse();
    let mut backward = resolved(&claims, Casing::Pascal);
    backward.reverse();
    assert_eq!(forward, backward);
}

#[test]
fn names_that_differ_only_in_case_are_equal() {
    let claim = |text: &str| Claim::new(Rank::Document, text, Words::of(text));
    assert_eq!(
        resolved(&[claim("UserID"), claim("Userid")], Casing::Pascal),
        ["UserId2", "Userid"]
    );
    // The key that equals the name gets it, regardless of its position.
    assert_eq!(
        resolved(&[claim("USER"), claim("User"), claim("user")], Casing::Pascal),
        ["User2", "User", "User3"]
    );
}

#[test]
fn companions_must_be_free() {
    let claim = |text: &str| Claim::new(Rank::Document, text, Words::of(text)).or(Words::of(text).followed_by("call"));
    let mut scope = Scope::new(Casing::Pascal).with_companions(&["error"]);
    let names: Vec<String> = scope
        .idents(&[claim("get"), claim("get_error")])
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["Get", "GetErrorCall"]);
}
