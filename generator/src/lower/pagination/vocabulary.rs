//! The names by which documents describe pagination, without case and punctuation.

/// Parameters that take a cursor.
pub(in crate::lower) const CURSORS: &[&str] = &[
    "cursor",
    "nextcursor",
    "pagecursor",
    "startcursor",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "continuation",
    "continue",
    "iterator",
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
    "from",
];
/// Properties that hold the next cursor, the most specific first.
pub(in crate::lower) const NEXT_CURSORS: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "nextmarker",
    "nextbookmark",
    "continuationtoken",
    "continuation",
    "continue",
    "iterator",
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
pub(in crate::lower) const NEXT_LINKS: &[&str] = &[
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
pub(in crate::lower) const PAGINATION_OBJECTS: &[&str] = &[
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
pub(in crate::lower) const PAGES: &[&str] = &["page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"];
/// Parameters that count items.
pub(in crate::lower) const OFFSETS: &[&str] = &["offset", "skip", "startat", "start", "pageoffset", "startindex"];
/// Parameters that limit the size of a page.
pub(in crate::lower) const LIMITS: &[&str] = &[
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
pub(in crate::lower) const PAGE_COUNTS: &[&str] = &["totalpages", "pagecount", "numpages", "lastpage", "pagestotal"];
/// Headers that hold the number of pages.
pub(in crate::lower) const PAGE_COUNT_HEADERS: &[&str] =
    &["xpages", "xtotalpages", "xpagecount", "xpaginationpagecount"];
/// Properties that hold the number of items of all pages.
pub(in crate::lower) const ITEM_COUNTS: &[&str] = &[
    "totalcount",
    "totalitems",
    "totalresults",
    "totalelements",
    "totalrecords",
    "total",
];
/// Headers that hold the number of items of all pages.
pub(in crate::lower) const ITEM_COUNT_HEADERS: &[&str] =
    &["xtotalcount", "xtotal", "xpaginationtotalcount", "xtotalitems"];
/// Headers that hold the next cursor.
pub(in crate::lower) const NEXT_CURSOR_HEADERS: &[&str] = &[
    "xnexttoken",
    "nexttoken",
    "xnextcursor",
    "nextcursor",
    "xnextpagetoken",
    "xcontinuationtoken",
    "xmscontinuation",
    "xnextpage",
];
/// Parameters that take the id of the last item.
pub(in crate::lower) const LAST_IDS: &[&str] = &["startingafter", "after", "afterid", "lastid", "sinceid"];
/// Properties that report whether more pages follow.
pub(in crate::lower) const MORE_FLAGS: &[&str] = &["hasmore", "hasnext", "hasnextpage", "more", "hasmoreresults"];
/// Properties that report that no more pages follow.
pub(in crate::lower) const DONE_FLAGS: &[&str] = &["done", "last", "islast", "islastpage", "lastpage"];
/// Properties that hold the list.
pub(in crate::lower) const LIST_PROPERTIES: &[&str] = &[
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
    "hits",
];
/// Verbs in front of the name of the list at the end of a path.
pub(in crate::lower) const LIST_VERBS: &[&str] = &["list", "get", "search", "find", "query"];
/// Lists that accompany the list of a page.
pub(in crate::lower) const SECONDARY_LISTS: &[&str] = &[
    "links",
    "messages",
    "warnings",
    "errors",
    "included",
    "facets",
    "facetresults",
    "aggregations",
    "suggestions",
];
/// Parts of property names that are typical of a page.
pub(in crate::lower) const PAGE_MARKERS: &[&str] = &["total", "next", "page", "offset", "cursor", "hasmore"];

/// Returns whether a name is typical of a URL.
pub(in crate::lower) fn mentions_link(name: &str) -> bool {
    ["link", "url", "uri", "href"].iter().any(|word| name.contains(word))
}

/// Removes case and punctuation: `page[number]` and `pageNumber` are equal.
pub(in crate::lower) fn normalized(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        return letters.map(|letter| letter.to_ascii_lowercase()).collect();
    }
    name.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
