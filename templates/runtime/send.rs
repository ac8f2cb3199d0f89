//! What a builder sends with: thin layers over the one path of [`Request::execute`], one for each kind of body.

use bytes::Bytes;

use super::codec::{Outcome, Wire};
use super::error::Failure;
use super::request::Request;
use super::{Error, ErrorSet, RawResponse, Response};

impl Request {
    /// The answer, if it is a success.
    pub(super) async fn succeed<E: ErrorSet>(self) -> Result<RawResponse, Error<E>> {
        let extra = self.operation.success;
        let response = self.execute().await.map_err(Failure::widen)?;
        match response.status.is_success() || extra.contains(&response.status.as_u16()) {
            true => Ok(response),
            false => Err(Error::api(response)),
        }
    }

    /// Sends, and reads the body in a way of the caller's, with status and headers.
    pub async fn read_response<T, E: ErrorSet>(
        self,
        read: fn(&RawResponse) -> Outcome<T>,
    ) -> Result<Response<T>, Error<E>> {
        let response = self.succeed().await?;
        match read(&response) {
            Ok(body) => Ok(Response::new(body, response)),
            Err(fault) => Err(Error::decode(response, fault)),
        }
    }

    /// Sends, and reads the body in a way of the caller's.
    pub async fn read<T, E: ErrorSet>(self, read: fn(&RawResponse) -> Outcome<T>) -> Result<T, Error<E>> {
        self.read_response(read).await.map(Response::into_body)
    }

    /// Sends, and reads the body as JSON.
    pub async fn json<T: Wire, E: ErrorSet>(self) -> Result<T, Error<E>> {
        self.read(RawResponse::json).await
    }

    /// Sends, and reads the body as JSON, with status and headers.
    pub async fn json_response<T: Wire, E: ErrorSet>(self) -> Result<Response<T>, Error<E>> {
        self.read_response(RawResponse::json).await
    }

    /// Sends, and reads the body as JSON, where there is one.
    pub async fn optional_json<T: Wire, E: ErrorSet>(self) -> Result<Option<T>, Error<E>> {
        self.read(RawResponse::optional_json).await
    }

    /// Sends, and reads the body as JSON, where there is one; with status and headers.
    pub async fn optional_json_response<T: Wire, E: ErrorSet>(self) -> Result<Response<Option<T>>, Error<E>> {
        self.read_response(RawResponse::optional_json).await
    }

    /// Sends, and reads the body as text.
    pub async fn text<E: ErrorSet>(self) -> Result<String, Error<E>> {
        self.read(RawResponse::text).await
    }

    /// Sends, and reads the body as text; with status and headers.
    pub async fn text_response<E: ErrorSet>(self) -> Result<Response<String>, Error<E>> {
        self.read_response(RawResponse::text).await
    }

    /// Sends, and reads the body as bytes.
    pub async fn bytes<E: ErrorSet>(self) -> Result<Bytes, Error<E>> {
        self.read(bytes).await
    }

    /// Sends, and reads the body as bytes; with status and headers.
    pub async fn bytes_response<E: ErrorSet>(self) -> Result<Response<Bytes>, Error<E>> {
        self.read_response(bytes).await
    }

    /// Sends, and reads the body as nothing, whatever is in it.
    pub async fn empty<E: ErrorSet>(self) -> Result<(), Error<E>> {
        self.read(empty).await
    }

    /// Sends, and reads the body as nothing, whatever is in it; with status and headers.
    pub async fn empty_response<E: ErrorSet>(self) -> Result<Response<()>, Error<E>> {
        self.read_response(empty).await
    }
}

fn bytes(response: &RawResponse) -> Outcome<Bytes> {
    Ok(response.body.clone())
}

fn empty(_: &RawResponse) -> Outcome {
    Ok(())
}
