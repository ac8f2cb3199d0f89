//! Responses that are streams.

use super::check;

// The function is long, because it contains the expected dump of a whole document.
#[test]
fn stream_items_are_typed() {
    check(
        "responses/streams",
        r"
! N0420 events have different data, and the constants of `event` do not distinguish them; the data is returned as text
! N0420 events have different data, and the constants of `event` do not distinguish them; the data is returned as text
! N0419 `application/jsonl` is returned as bytes, because the operation has another success response that is not this stream
group data: data
group text: text
group bare: bare
group whole: whole
group parsed: parsed
group mixed: mixed
group named: named
group pings: pings
group clash: clash
group lines: lines
group logs: logs
group sequence: sequence
group either: either
group beside: beside
operation data GET /data
  success 200 events of A
  returns events of A
operation text GET /text
  success 200 events of text
  returns events of text
operation bare GET /bare
  success 200 events of text
  returns events of text
operation whole GET /whole
  success 200 events of A
  returns events of A
operation parsed GET /parsed
  success 200 events of A
  returns events of A
operation mixed GET /mixed
  success 200 events of text
  returns events of text
operation named GET /named
  success 200 events of named/response/item/data
  returns events of named/response/item/data
operation pings GET /pings
  success 200 events of pings/response/data
  returns events of pings/response/data
operation clash GET /clash
  success 200 events of text
  returns events of text
operation lines GET /lines
  success 200 lines of A
  returns lines of A
operation logs GET /logs
  success 200 lines of any
  returns lines of any
operation sequence GET /sequence
  success 200 a sequence of sequence/response/item
  returns a sequence of sequence/response/item
operation either POST /either
  success 200 [A]
  returns [A], errors: set 1
  or as text/event-stream events of A
operation beside GET /beside
  success 200 bytes
  success 202 A
  returns by status
error set 1: 400 bytes;
struct A
  a?: string
struct Event
  event?: string
  id?: string
  retry?: i64
  data: string
union named/response/item/data by event name open, text: [text]
  text [text]: string
  json [json, more]: A
  any [any]: any
union pings/response/data by event name open, text: [ping]
  delta [delta]: A
  ping [ping]: string
struct sequence/response/item
  b?: i64
",
    );
}
