//! The names by which documents describe pagination, without case and punctuation.

/// Parameters that take a cursor.
pub(super) const CURSORS: &[&str] = &[
    "cursor",
    "nextcursor",
    "pagecursor",
    "startcursor",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "continuation",
    "paginationtoken",
    "startingtoken",
    "next",
    "after",
    "pageafter",
    "marker",
    "bookmark",
    "skiptoken",
    "offset",
    "page",
];
/// Properties that hold the next cursor, the most specific first.
pub(super) const NEXT_CURSORS: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "nextmarker",
    "nextbookmark",
    "continuationtoken",
    "continuation",
    "nextpage",
    "nextlink",
    "odatanextlink",
    "next",
    "endcursor",
    "after",
    "nextoffset",
    "paginationtoken",
    "pagetoken",
    "bookmark",
    "marker",
    "offset",
    "cursor",
];
/// Properties that hold the URL of the next page.
pub(super) const NEXT_LINKS: &[&str] = &[
    "nextlink",
    "odatanextlink",
    "nexturl",
    "nextpageurl",
    "nextpageuri",
    "nexturi",
    "nextpagelink",
    "nexthref",
    "nextpage",
    "next",
];
/// Objects that describe the pagination.
pub(super) const PAGING_OBJECTS: &[&str] = &[
    "meta",
    "metadata",
    "pagination",
    "paging",
    "pageinfo",
    "page",
    "responsemetadata",
    "links",
    "cursors",
    "cursor",
    "next",
    "data",
    "result",
];
/// Parameters that count pages.
pub(super) const PAGES: &[&str] = &["page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"];
/// Parameters that count items.
pub(super) const OFFSETS: &[&str] = &["offset", "skip", "startat", "start", "pageoffset", "startindex"];
/// Parameters that limit the size of a page.
pub(super) const LIMITS: &[&str] = &[
    "limit",
    "pagesize",
    "perpage",
    "maxresults",
    "count",
    "size",
    "take",
    "top",
    "maxpagesize",
    "maxitems",
    "rows",
    "pagelimit",
    "resultsperpage",
    "itemsperpage",
    "max",
    "num",
];
/// Properties that hold the number of pages.
pub(super) const PAGE_COUNTS: &[&str] = &["totalpages", "pagecount", "numpages", "lastpage", "pagestotal"];
/// Parameters that take the id of the last item.
pub(super) const LAST_IDS: &[&str] = &["startingafter", "after", "afterid", "lastid", "sinceid"];
/// Properties that report whether more pages follow.
pub(super) const MORE_FLAGS: &[&str] = &["hasmore", "hasnext", "hasnextpage", "more", "hasmoreresults"];
/// Properties that hold the list.
pub(super) const LIST_PROPERTIES: &[&str] = &[
    "data",
    "items",
    "results",
    "records",
    "entries",
    "values",
    "value",
    "list",
    "objects",
    "rows",
    "elements",
    "content",
    "resources",
    "embedded",
];
/// Lists that accompany the list of a page.
pub(super) const SECONDARY_LISTS: &[&str] = &["links", "messages", "warnings", "errors", "included"];
/// Parts of property names that are typical of a page.
pub(super) const PAGE_MARKERS: &[&str] = &["total", "next", "page", "offset", "cursor", "hasmore"];

/// Returns whether a name is typical of a URL.
pub(super) fn mentions_link(name: &str) -> bool {
    ["link", "url", "uri", "href"].iter().any(|word| name.contains(word))
}

/// Removes case and punctuation: `page[number]` and `pageNumber` are equal.
pub(super) fn normalized(name: &str) -> String {
    name.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
