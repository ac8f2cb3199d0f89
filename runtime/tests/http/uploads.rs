//! Files in request bodies: their names, content types, retries and progress; and downloads.

use std::io::Read;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdkwright_runtime::runtime::__private::{Operation, Request};
use sdkwright_runtime::runtime::{Error, File, Unexpected};

use crate::streams::{self, Part, piece};
use crate::styles::core;
use crate::support::{Reply, Server};

static UPLOAD: Operation = Operation {
    id: "upload",
    method: "PUT",
    path: "/files",
    ..Operation::DEFAULT
};

async fn send(request: Request) -> Result<(), Error<Unexpected>> {
    request.read(|_| Ok(())).await
}

/// Creates a file in the folder for temporary files, with a separate name for each test.
fn path(name: &str, content: &[u8]) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("sdkwright-{}-{name}", std::process::id()));
    std::fs::write(&path, content).expect("a temporary file");
    path
}

#[tokio::test]
async fn a_path_is_a_file_part_with_its_name_and_type() {
    let server = Server::script([Reply::new(200)]).await;
    let path = path("photo.jpg", b"\xff\xd8photo");
    let mut request = Request::new(&core(&server), &UPLOAD);
    request.part_file("image", &["image/png", "image/jpeg"], &File::open(&path));
    send(request).await.unwrap();
    let received = server.only();
    let name = path.file_name().unwrap().to_string_lossy();
    let text = String::from_utf8_lossy(&received.body).into_owned();
    assert!(
        text.contains(&format!(
            "name=\"image\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n"
        )),
        "{text}"
    );
    assert_eq!(
        received.header("content-length"),
        Some(received.body.len().to_string().as_str())
    );
    std::fs::remove_file(path).unwrap();
}

#[tokio::test]
async fn the_content_type_is_the_callers_then_the_names_then_the_first_documented() {
    for (file, accepted, expected) in [
        (
            File::new("a.png", "x").content_type("image/webp"),
            &["image/*"][..],
            "image/webp",
        ),
        (File::new("a.png", "x"), &["image/*"], "image/png"),
        (File::new("a.PNG", "x"), &[], "image/png"),
        (File::new("a.txt", "x"), &["image/png", "image/jpeg"], "image/png"),
        (File::from("x"), &["image/*"], "application/octet-stream"),
    ] {
        let server = Server::script([Reply::new(200)]).await;
        let mut request = Request::new(&core(&server), &UPLOAD);
        request.file_body(accepted, &file);
        send(request).await.unwrap();
        assert_eq!(server.only().header("content-type"), Some(expected));
    }
}

#[tokio::test]
async fn a_file_that_can_be_reopened_is_sent_again() {
    let server = Server::script([Reply::new(503), Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &UPLOAD);
    request.file_body(&[], &File::reopen("a.bin", || Ok(&b"content"[..])).length(7));
    send(request).await.unwrap();
    let bodies: Vec<Vec<u8>> = server.received().into_iter().map(|received| received.body).collect();
    assert_eq!(bodies, [b"content".to_vec(), b"content".to_vec()]);
}

#[tokio::test]
async fn a_reader_is_sent_once() {
    let server = Server::script([Reply::new(503), Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &UPLOAD);
    request.file_body(&[], &File::reader("a.bin", &b"content"[..]).length(7));
    let error = send(request).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_large_file_is_read_in_chunks_that_are_reported() {
    let server = Server::script([Reply::new(200)]).await;
    let reported = Arc::new(Mutex::new(Vec::new()));
    let reports = reported.clone();
    let length = 300 * 1024;
    let reader = std::io::repeat(b'x').take(length);
    let file = File::reader("a.bin", reader)
        .length(length)
        .on_progress(move |sent, total| reports.lock().unwrap().push((sent, total)));
    let mut request = Request::new(&core(&server), &UPLOAD);
    request.file_body(&[], &file);
    send(request).await.unwrap();
    assert_eq!(server.only().body.len() as u64, length);
    let reported = reported.lock().unwrap();
    assert!(reported.len() > 1, "{reported:?}");
    assert_eq!(reported.last(), Some(&(length, Some(length))));
}

#[tokio::test]
async fn a_path_that_cannot_be_read_is_reported_before_anything_is_sent() {
    let server = Server::script([]).await;
    let mut request = Request::new(&core(&server), &UPLOAD);
    request.file_body(&[], &File::open("/nonexistent/file.bin"));
    let error = send(request).await.unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error}");
    assert!(
        error.to_string().contains("cannot upload `/nonexistent/file.bin`"),
        "{error}"
    );
}

static GET: Operation = Operation {
    id: "download",
    path: "/files",
    ..Operation::DEFAULT
};

#[tokio::test]
async fn a_download_is_saved_under_its_name_when_it_is_complete() {
    let content = vec![b'x'; 600 * 1024];
    let server = Server::script([Reply::new(503), Reply::new(200).body(content.clone())]).await;
    let target = path("download.bin", b"");
    let download = Request::new(&core(&server), &GET)
        .download::<Unexpected>()
        .await
        .unwrap();
    assert_eq!(download.content_length(), Some(content.len() as u64));
    assert_eq!(download.save_to(&target).await.unwrap(), content.len() as u64);
    assert_eq!(std::fs::read(&target).unwrap(), content);
    assert!(
        !target
            .with_file_name(format!("{}.part", target.file_name().unwrap().to_string_lossy()))
            .exists()
    );
    std::fs::remove_file(target).unwrap();
}

#[tokio::test]
async fn a_download_that_fails_is_an_error_of_the_api() {
    let server = Server::script([Reply::new(404).body("no such file")]).await;
    let error = Request::new(&core(&server), &GET)
        .download::<Unexpected>()
        .await
        .unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.body().unwrap(), "no such file".as_bytes());
}

#[tokio::test]
async fn a_part_has_the_headers_of_its_file() {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &UPLOAD);
    request.part_file("image", &[], &File::new("a.png", "x").header("X-Checksum", "12ab"));
    send(request).await.unwrap();
    let text = String::from_utf8_lossy(&server.only().body).into_owned();
    assert!(
        text.contains("filename=\"a.png\"\r\nContent-Type: image/png\r\nx-checksum: 12ab\r\n\r\nx\r\n"),
        "{text}"
    );
}

#[tokio::test]
async fn a_header_of_a_part_cannot_add_another_header() {
    let server = Server::script([]).await;
    let mut request = Request::new(&core(&server), &UPLOAD);
    request.part_file("image", &[], &File::new("a", "x").header("X-A", "1\r\nX-B: 2"));
    let error = send(request).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the value of header `X-A` contains a control character"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_download_loses_nothing_if_reading_a_chunk_is_cancelled() {
    let wait = Duration::from_secs(1);
    let request = streams::request(vec![piece("first"), Part::Pause(2 * wait), piece("second")]);
    let mut download = request.download::<Unexpected>().await.unwrap();
    let mut read = Vec::new();
    for _ in 0..10 {
        match tokio::time::timeout(wait, download.chunk()).await {
            Ok(Ok(Some(chunk))) => read.push(chunk),
            Ok(Ok(None)) => break,
            Ok(Err(error)) => panic!("{error}"),
            Err(_) => {}
        }
    }
    assert_eq!(read, ["first", "second"]);
    assert_eq!(download.chunk().await.unwrap(), None);
}
