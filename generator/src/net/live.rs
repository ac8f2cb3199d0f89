//! The HTTP client of `sdkwright doctor --live`.

use std::io::Read as _;
use std::time::Duration;

use ureq::http::{Request, Response, Uri};

use super::Reply;
use crate::wire::url;

/// The timeout of one request.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// The maximum size of a body, decompressed.
const MAX_BYTES: u64 = 16 << 20;

/// A client that sends requests to one server. Redirects are not followed.
#[derive(Debug)]
pub struct Live {
    agent: ureq::Agent,
    base: Uri,
}

impl Live {
    /// Creates a client for the server with a base URL.
    ///
    /// # Errors
    ///
    /// Returns why the base URL is invalid, as a clause. The clause does not contain the URL, which may contain credentials.
    pub fn new(base: &str) -> Result<Self, String> {
        Self::with_timeout(base, REQUEST_TIMEOUT)
    }

    fn with_timeout(base: &str, timeout: Duration) -> Result<Self, String> {
        let base = url::parse(base)?;
        if base
            .authority()
            .is_some_and(|authority| authority.as_str().contains('@'))
        {
            return Err("it contains credentials".to_owned());
        }
        if base.query().is_some() {
            return Err("it has a query".to_owned());
        }
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("sdkwright/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self {
            agent: config.new_agent(),
            base,
        })
    }

    /// Returns the base URL without a slash at its end.
    pub fn base(&self) -> String {
        format!("{}{}", url::origin(&self.base), self.base.path().trim_end_matches('/'))
    }

    /// Sends a request.
    ///
    /// # Errors
    ///
    /// Returns why there is no response, as a clause.
    pub fn send(&self, method: &str, to: &str, headers: &[(String, String)]) -> Result<Reply, String> {
        let uri = url::parse(to)?;
        if url::origin(&uri) != url::origin(&self.base) {
            return Err(format!("`{}` is another server", url::origin(&uri)));
        }
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(()).map_err(|error| error.to_string())?;
        let response = self.agent.run(request).map_err(|error| error.to_string())?;
        reply(response)
    }
}

fn reply(mut response: Response<ureq::Body>) -> Result<Reply, String> {
    let pairs = response.headers().iter();
    let headers = pairs.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let headers = headers.collect();
    let mut bytes = Vec::new();
    // The limit of ureq would count compressed bytes.
    let mut body = response.body_mut().as_reader().take(MAX_BYTES + 1);
    body.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("the response is larger than {} MiB", MAX_BYTES >> 20));
    }
    Ok(Reply {
        status: response.status().as_u16(),
        headers,
        body: String::from_utf8_lossy(&bytes).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::thread;
    use std::time::Duration;

    use super::{Live, MAX_BYTES};

    /// Starts a server that sends a response to one request. Returns its URL.
    fn serve(response: Vec<u8>, delay: Duration) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a request");
            let _ = stream.read(&mut [0; 4096]).expect("a request");
            thread::sleep(delay);
            let _ = stream.write_all(&response);
        });
        url
    }

    #[test]
    fn a_slow_response_is_an_error() {
        let url = serve(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(), Duration::from_secs(30));
        let client = Live::with_timeout(&url, Duration::from_millis(200)).expect("a client");
        let error = client.send("GET", &url, &[]).expect_err("a timeout");
        assert!(error.contains("timeout"), "{error}");
    }

    #[test]
    fn a_large_body_is_an_error() {
        let length = usize::try_from(MAX_BYTES).expect("a size") + 1;
        let mut response = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n").into_bytes();
        response.resize(response.len() + length, b' ');
        let url = serve(response, Duration::ZERO);
        let error = Live::new(&url).and_then(|client| client.send("GET", &url, &[]));
        assert_eq!(error.expect_err("too large"), "the response is larger than 16 MiB");
    }

    #[test]
    fn only_the_server_itself_receives_requests() {
        let client = Live::new("http://127.0.0.1:1/v1/").expect("a client");
        assert_eq!(client.base(), "http://127.0.0.1:1/v1");
        for other in [
            "http://127.0.0.1:2/v1/a",
            "https://127.0.0.1:1/v1/a",
            "http://localhost:1/v1/a",
        ] {
            let error = client.send("GET", other, &[]).expect_err("another server");
            assert!(error.ends_with("is another server"), "{error}");
        }
        for invalid in [
            "http://user:hunter2@127.0.0.1/",
            "http://127.0.0.1/?key=hunter2",
            "127.0.0.1",
            "ftp://a.example",
        ] {
            let error = Live::new(invalid).expect_err("invalid");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
