//! A server on this machine that keeps what it was sent, and a world whose clock moves only when someone sleeps.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use sdkwright_runtime::runtime::{Body, BoxFuture, Environment, Method, RetryPolicy, Transport, TransportError};
use sdkwright_runtime::sample::{Client, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request, byte for byte.
#[derive(Clone, Debug)]
pub struct Received {
    pub head: String,
    pub body: Vec<u8>,
}

impl Received {
    /// `GET /path?query`
    pub fn line(&self) -> &str {
        self.head.split(" HTTP/1.1").next().unwrap_or_default()
    }

    pub fn target(&self) -> &str {
        self.line().split(' ').nth(1).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines
            .into_iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    delay: Duration,
    hang_up: bool,
}

impl Reply {
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            delay: Duration::ZERO,
            hang_up: false,
        }
    }

    pub fn json(status: u16, body: &str) -> Self {
        Self::new(status).header("content-type", "application/json").body(body)
    }

    /// Closes the connection instead of answering.
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

    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    async fn write(self, stream: &mut TcpStream) {
        tokio::time::sleep(self.delay).await;
        if self.hang_up {
            return;
        }
        let mut head = format!(
            "HTTP/1.1 {} X\r\nconnection: close\r\ncontent-length: {}\r\n",
            self.status,
            self.body.len()
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let _ = stream.write_all(&[head.as_bytes(), b"\r\n", &self.body].concat()).await;
        let _ = stream.shutdown().await;
    }
}

/// A server that answers by a function of the request, and of how many came before it.
pub struct Server {
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    pub async fn start(answer: impl Fn(&Received, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), received.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (answer, log) = (answer.clone(), log.clone());
                tokio::spawn(async move {
                    let Some(request) = read(&mut stream).await else { return };
                    let reply = {
                        let mut log = log.lock().unwrap();
                        log.push(request.clone());
                        answer(&request, log.len() - 1)
                    };
                    reply.write(&mut stream).await;
                });
            }
        });
        Self { url, received }
    }

    /// A server with one answer after the other, the last one for ever.
    pub async fn script(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        Self::start(move |_, index| replies[index.min(replies.len() - 1)].clone()).await
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    pub fn lines(&self) -> Vec<String> {
        self.received()
            .iter()
            .map(|request| request.line().to_owned())
            .collect()
    }

    pub fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:#?}");
        received[0].clone()
    }
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
    let mut request = Received {
        head,
        body: bytes.split_off(end + 4),
    };
    let length = request
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    while request.body.len() < length {
        if stream.read_buf(&mut request.body).await.ok()? == 0 {
            return None;
        }
    }
    Some(request)
}

/// A world of the test's own: sleeping takes no time and moves the clock, chance is what the test says.
#[derive(Clone)]
pub struct World(Arc<Mutex<State>>);

struct State {
    elapsed: Duration,
    now: SystemTime,
    slept: Vec<Duration>,
    random: u64,
    variables: HashMap<String, String>,
}

impl World {
    /// Chance gives the longest backoff always, to a hair.
    pub fn new() -> Self {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let state = State {
            elapsed: Duration::ZERO,
            now,
            slept: Vec::new(),
            random: u64::MAX,
            variables: HashMap::new(),
        };
        Self(Arc::new(Mutex::new(state)))
    }

    pub fn random(self, random: u64) -> Self {
        self.0.lock().unwrap().random = random;
        self
    }

    pub fn with_variable(self, name: &str, value: &str) -> Self {
        self.0
            .lock()
            .unwrap()
            .variables
            .insert(name.to_owned(), value.to_owned());
        self
    }

    pub fn pass(&self, time: Duration) {
        self.0.lock().unwrap().elapsed += time;
    }

    /// What was slept, in whole milliseconds.
    pub fn slept(&self) -> Vec<u128> {
        self.0
            .lock()
            .unwrap()
            .slept
            .iter()
            .map(|time| (time.as_micros() + 500) / 1000)
            .collect()
    }
}

impl Environment for World {
    fn elapsed(&self) -> Duration {
        self.0.lock().unwrap().elapsed
    }
    fn now(&self) -> SystemTime {
        self.0.lock().unwrap().now
    }
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut state = self.0.lock().unwrap();
        state.slept.push(duration);
        state.elapsed += duration;
        Box::pin(std::future::ready(()))
    }
    fn random(&self) -> u64 {
        self.0.lock().unwrap().random
    }
    fn variable(&self, name: &str) -> Option<String> {
        self.0.lock().unwrap().variables.get(name).cloned()
    }
}

/// A transport without a network: the replies one after the other, and then none ever.
pub struct Script {
    replies: Mutex<VecDeque<Reply>>,
    sent: Arc<Mutex<Vec<String>>>,
}

impl Script {
    /// The transport, and the lines that were sent.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> (Self, Arc<Mutex<Vec<String>>>) {
        let sent = Arc::new(Mutex::new(Vec::new()));
        (
            Self {
                replies: Mutex::new(replies.into_iter().collect()),
                sent: sent.clone(),
            },
            sent,
        )
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.sent
            .lock()
            .unwrap()
            .push(format!("{} {}", request.method(), request.uri()));
        let reply = self.replies.lock().unwrap().pop_front();
        Box::pin(async move {
            let Some(reply) = reply else {
                return std::future::pending().await;
            };
            tokio::time::sleep(reply.delay).await;
            let response = http::Response::builder()
                .status(reply.status)
                .body(reply.body.into())
                .unwrap();
            Ok(response)
        })
    }
}

/// A builder with a token, for a server and a world.
pub fn builder(server: &Server, world: &World) -> ClientBuilder {
    Client::builder()
        .base_url(&server.url)
        .environment(world.clone())
        .bearer_token("t0ken")
}

pub fn client(server: &Server, world: &World) -> Client {
    builder(server, world).build().unwrap()
}

/// A client that does not retry.
pub fn plain(server: &Server) -> Client {
    builder(server, &World::new())
        .retries(RetryPolicy::none())
        .build()
        .unwrap()
}

pub const ACTIVITY: &str = r#"{"id":"a1","action":"opened"}"#;

pub const POST: Method = Method::POST;
