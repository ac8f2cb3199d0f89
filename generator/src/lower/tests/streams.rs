//! Answers that are read as they come.

use super::check;

#[test]
fn the_items_of_streams_are_told() {
    check(
        "responses/streams",
        r"
! N0420 events of different names have different data, which is handed over as text
! N0419 `application/jsonl` is handed over as bytes, since other successes are no such stream
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
  gives events of A, fails by 0
operation text GET /text
  success 200 events of text
  gives events of text, fails by 0
operation bare GET /bare
  success 200 events of text
  gives events of text, fails by 0
operation whole GET /whole
  success 200 events of A
  gives events of A, fails by 0
operation parsed GET /parsed
  success 200 events of A
  gives events of A, fails by 0
operation mixed GET /mixed
  success 200 events of text
  gives events of text, fails by 0
operation lines GET /lines
  success 200 lines of A
  gives lines of A, fails by 0
operation logs GET /logs
  success 200 lines of any
  gives lines of any, fails by 0
operation sequence GET /sequence
  success 200 a sequence of sequence/response/item
  gives a sequence of sequence/response/item, fails by 0
operation either POST /either
  success 200 [A]
  gives [A], fails by 1
  or as text/event-stream events of A
operation beside GET /beside
  success 200 bytes
  success 202 A
  gives by status, fails by 0
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
