//! A local server on plain sockets, so that tests see the exact bytes.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// A received request, byte for byte.
#[derive(Clone, Debug)]
pub struct Received {
    /// The request line and the headers, without the empty line.
    pub head: String,
    pub body: Vec<u8>,
}

impl Received {
    /// `GET /path?query`
    pub fn line(&self) -> &str {
        self.head.split(" HTTP/1.1").next().unwrap_or_default()
    }

    /// `/path?query`
    pub fn target(&self) -> &str {
        self.line().split(' ').nth(1).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Returns the body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }

    /// Returns the whole request, with sorted headers, and `{host}` in place of the address.
    pub fn whole(&self) -> String {
        let host = self.header("host").unwrap_or_default();
        let mut lines: Vec<String> = self
            .head
            .split("\r\n")
            .map(|line| line.replace(host, "{host}"))
            .collect();
        lines[1..].sort();
        let body = String::from_utf8_lossy(&self.body);
        format!("{}\n\n{body}", lines.join("\n")).trim_end().to_owned()
    }
}

/// A response of the server.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The delay before the response.
    pub delay: Duration,
    hang_up: bool,
    stalling: bool,
}

impl Reply {
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            delay: Duration::ZERO,
            hang_up: false,
            stalling: false,
        }
    }

    pub fn json(status: u16, body: impl AsRef<str>) -> Self {
        let reply = Self::new(status).header("content-type", "application/json");
        reply.body(body.as_ref())
    }

    /// Closes the connection without a response.
    pub fn hang_up() -> Self {
        Self {
            hang_up: true,
            ..Self::new(200)
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Delays the response.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Never sends the last byte.
    pub fn stalling(mut self) -> Self {
        self.stalling = true;
        self
    }

    async fn write(self, stream: &mut TcpStream) {
        tokio::time::sleep(self.delay).await;
        if self.hang_up {
            return;
        }
        let mut head = format!("HTTP/1.1 {} X\r\nconnection: close\r\n", self.status);
        if !matches!(self.status, 204 | 304) {
            head.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let sent = self.body.len() - usize::from(self.stalling);
        // The client may have disconnected.
        let _ = stream
            .write_all(&[head.as_bytes(), b"\r\n", &self.body[..sent]].concat())
            .await;
        if self.stalling {
            std::future::pending::<()>().await;
        }
        let _ = stream.shutdown().await;
    }
}

/// A server whose replies are computed from the request and the number of earlier requests.
pub struct Server {
    /// `http://127.0.0.1:port`
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    pub async fn start(answer: impl Fn(&Received, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let received = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), received.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (answer, log) = (answer.clone(), log.clone());
                tokio::spawn(async move {
                    let Some(request) = read(&mut stream).await else {
                        return;
                    };
                    let reply = {
                        let mut log = log.lock().expect("no answer panics");
                        log.push(request.clone());
                        answer(&request, log.len() - 1)
                    };
                    reply.write(&mut stream).await;
                });
            }
        });
        Self { url, received }
    }

    /// Starts a server with replies in order. The last one is repeated.
    pub async fn script(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        Self::start(move |_, index| replies[index.min(replies.len() - 1)].clone()).await
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("no answer panics").clone()
    }

    /// Returns the request lines, such as `GET /path?query`.
    pub fn lines(&self) -> Vec<String> {
        self.received()
            .iter()
            .map(|request| request.line().to_owned())
            .collect()
    }

    /// Returns the only request.
    pub fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:#?}");
        received[0].clone()
    }
}

/// Returns the URL of a port that refuses connections.
pub async fn refused() -> String {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
    let url = format!("http://{}", socket.local_addr().expect("an address"));
    // The socket keeps its port without listening, so that no other test's server gets it.
    std::mem::forget(socket);
    url
}

async fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let body = bytes.split_off(end + 4);
    let mut request = Received { head, body };
    let length = request.header("content-length").and_then(|length| length.parse().ok());
    while request.body.len() < length.unwrap_or(0) {
        if stream.read_buf(&mut request.body).await.ok()? == 0 {
            return None;
        }
    }
    Some(request)
}
