//! Transfers of 1 GiB in constant memory. They take about a minute, so they run on request:
//! `cargo test --workspace --test http -- --ignored --nocapture gibibyte`

use std::io::Read;

use sdkwright_runtime::runtime::__private::{Operation, Request};
use sdkwright_runtime::runtime::{File, Unexpected};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::styles::core_at;

const GIBIBYTE: u64 = 1024 * 1024 * 1024;
/// The most memory that the process may take, with the server that is in it.
const LIMIT_KIB: u64 = 64 * 1024;

static UPLOAD: Operation = Operation {
    id: "upload",
    method: "PUT",
    path: "/file",
    ..Operation::DEFAULT
};
static DOWNLOAD: Operation = Operation {
    id: "download",
    path: "/file",
    ..Operation::DEFAULT
};

/// Starts a server that discards what it receives, and responds to a GET with 1 GiB. Both in constant memory.
async fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = vec![0; 64 * 1024];
            let mut head = Vec::new();
            let end = loop {
                let count = stream.read(&mut buffer).await.expect("a request");
                head.extend_from_slice(&buffer[..count]);
                if let Some(end) = head.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                    break end + 4;
                }
            };
            let text = String::from_utf8_lossy(&head[..end]).to_lowercase();
            let length = text
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ")?.parse::<u64>().ok());
            if text.starts_with("get") {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {GIBIBYTE}\r\nconnection: close\r\n\r\n");
                stream.write_all(head.as_bytes()).await.expect("a client");
                for _ in 0..GIBIBYTE / 65_536 {
                    stream.write_all(&buffer).await.expect("a client");
                }
            } else {
                let mut left = length.expect("a length") - (head.len() - end) as u64;
                while left > 0 {
                    left -= stream.read(&mut buffer).await.expect("the body") as u64;
                }
                stream
                    .write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
                    .await
                    .expect("a client");
            }
        }
    });
    url
}

/// Returns the peak memory of this process in KiB, where the system reports it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn report(what: &str) {
    let Some(peak) = peak() else { return };
    println!("{what}: peak memory {:.1} MiB", peak as f64 / 1024.0);
    assert!(peak < LIMIT_KIB, "{what} took {peak} KiB");
}

fn gibibyte() -> File {
    let file = File::reopen("large.bin", || Ok(std::io::repeat(b'x').take(GIBIBYTE)));
    file.length(GIBIBYTE)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "transfers 3 GiB"]
async fn a_gibibyte_is_transferred_in_constant_memory() {
    let url = server().await;
    let core = core_at(&url);
    let mut request = Request::new(&core, &UPLOAD);
    request.part("note", "text/plain", &"x".to_owned());
    request.part_file("file", &[], &gibibyte());
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    report("multipart upload of 1 GiB");
    let mut request = Request::new(&core, &UPLOAD);
    request.file_body(&["application/octet-stream"], &gibibyte());
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    report("octet-stream upload of 1 GiB");
    let target = std::env::temp_dir().join(format!("sdkwright-large-{}.bin", std::process::id()));
    let download = Request::new(&core, &DOWNLOAD).download::<Unexpected>().await.unwrap();
    assert_eq!(download.save_to(&target).await.unwrap(), GIBIBYTE);
    std::fs::remove_file(target).unwrap();
    report("download of 1 GiB to a file");
}
