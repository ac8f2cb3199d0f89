//! A server on the loopback interface that responds to every request with the same activity.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;

use crate::Result;

pub const BODY: &str = include_str!("activity.json");
/// The number of targets in [`BODY`].
pub const TARGETS: usize = 2;

/// A running server, which ends when this is dropped.
pub struct Server {
    pub address: SocketAddr,
    process: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts this program as a server.
pub fn start() -> Result<Server> {
    let mut process = Command::new(std::env::current_exe()?)
        .arg("--server")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = process.stdout.take().ok_or("the server has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let address = line.trim().parse()?;
    Ok(Server { address, process })
}

/// Runs the server until the standard input is closed, and prints its address first.
pub fn run() -> Result<()> {
    std::thread::spawn(|| {
        // The program that started the server has ended.
        let _ = std::io::stdin().read_line(&mut String::new());
        std::process::exit(0);
    });
    Builder::new_current_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(async move { drop(respond(stream).await) });
        }
    })
}

/// Responds to the requests of a connection. They have no body.
async fn respond(mut stream: TcpStream) -> Result<()> {
    stream.set_nodelay(true)?;
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nx-request-id: 4d1a\r\n\
         date: Sun, 29 Nov 2026 00:00:00 GMT\r\n\r\n{BODY}",
        BODY.len()
    );
    let mut received = Vec::new();
    loop {
        if stream.read_buf(&mut received).await? == 0 {
            return Ok(());
        }
        while let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            received.drain(..end + 4);
            stream.write_all(response.as_bytes()).await?;
        }
    }
}
