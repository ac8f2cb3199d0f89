//! Responses that are streams.

use super::check;

#[test]
fn stream_items_are_typed() {
    check(
        "responses/streams",
        r"
! N0420 events of different names have different data; the data is returned as text
! N0419 `application/jsonl` is returned as bytes, because other success responses are not the same stream
group data: data
group text: text
group bare: bare
group whole: whole
group parsed: parsed
group mixed: mixed
group lines: lines
group logs: logs
group sequence: sequence
group either: either
group beside: beside
operation data GET /data
  success 200 events of A
  returns events of A, errors 0
operation text GET /text
  success 200 events of text
  returns events of text, errors 0
operation bare GET /bare
  success 200 events of text
  returns events of text, errors 0
operation whole GET /whole
  success 200 events of A
  returns events of A, errors 0
operation parsed GET /parsed
  success 200 events of A
  returns events of A, errors 0
operation mixed GET /mixed
  success 200 events of text
  returns events of text, errors 0
operation lines GET /lines
  success 200 lines of A
  returns lines of A, errors 0
operation logs GET /logs
  success 200 lines of any
  returns lines of any, errors 0
operation sequence GET /sequence
  success 200 a sequence of sequence/response/item
  returns a sequence of sequence/response/item, errors 0
operation either POST /either
  success 200 [A]
  returns [A], errors 1
  or as text/event-stream events of A
operation beside GET /beside
  success 200 bytes
  success 202 A
  returns by status, errors 0
errors 0:
errors 1: 400 bytes;
struct A
  a?: string
struct Event
  event?: string
  id?: string
  retry?: i64
  data: string
struct sequence/response/item
  b?: i64
",
    );
}
