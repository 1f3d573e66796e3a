//! Messages on the browser's pipe: JSON texts, each ended by a NUL.
//!
//! <https://chromedevtools.github.io/devtools-protocol/> and `--remote-debugging-pipe` in Chromium's `headless` sources.

use std::borrow::Cow;
use std::io;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use zeroize::Zeroizing;

/// A longer message is skipped: a page may cause an event of any size, and none that Rekey uses is near this.
const LONGEST_MESSAGE: usize = 16 << 20;

/// A target's session, as the browser names it.
pub(super) type SessionId = String;

/// A command ready to be sent; it may hold a secret and wipes itself.
pub(super) struct Outgoing(Zeroizing<Vec<u8>>);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Command<'a, P> {
    id: u64,
    method: &'a str,
    params: &'a P,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<&'a str>,
}

impl Outgoing {
    /// Serialises a command straight into memory that wipes itself. `capacity` is at least the length of the result, so
    /// that no growing leaves a copy behind; a wrong guess costs only that.
    pub(super) fn command<P: Serialize>(
        id: u64,
        method: &str,
        params: &P,
        session_id: Option<&str>,
        capacity: usize,
    ) -> Result<Self, serde_json::Error> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
        serde_json::to_writer(&mut *bytes, &Command { id, method, params, session_id })?;
        bytes.push(0);
        Ok(Self(bytes))
    }
}

/// What the browser sent: the reply to a command (`id`) or an event (`method`).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Incoming<'a> {
    pub(super) id: Option<u64>,
    #[serde(borrow)]
    pub(super) method: Option<Cow<'a, str>>,
    pub(super) session_id: Option<SessionId>,
    #[serde(borrow)]
    pub(super) params: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) result: Option<&'a RawValue>,
    pub(super) error: Option<RemoteError>,
}

/// The browser's refusal of a command.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RemoteError {
    pub(super) message: String,
}

/// Writes a command and wipes it.
pub(super) async fn write(writer: &mut (impl AsyncWrite + Unpin), message: Outgoing) -> io::Result<()> {
    writer.write_all(&message.0).await?;
    writer.flush().await
}

/// Reads messages and hands each to `take`, until the pipe ends.
pub(super) async fn read_all(mut reader: impl AsyncRead + Unpin, mut take: impl FnMut(Incoming<'_>)) -> io::Result<()> {
    let mut held: Vec<u8> = Vec::with_capacity(64 << 10);
    let mut skipping = false;
    loop {
        let searched = held.len();
        if reader.read_buf(&mut held).await? == 0 {
            return Ok(());
        }
        let mut rest: &[u8] = &held;
        let mut from = searched;
        while let Some(end) = rest.iter().skip(from).position(|byte| *byte == 0).map(|at| at + from) {
            let (message, after) = rest.split_at(end);
            if skipping || message.len() > LONGEST_MESSAGE {
                skipping = false;
            } else {
                match serde_json::from_slice(message) {
                    Ok(incoming) => take(incoming),
                    Err(_) => tracing::debug!("unreadable message from the browser"),
                }
            }
            rest = after.get(1..).unwrap_or_default();
            from = 0;
        }
        let consumed = held.len() - rest.len();
        held.drain(..consumed);
        if held.len() > LONGEST_MESSAGE {
            tracing::warn!("a message from the browser is too long and is skipped");
            skipping = true;
        }
        if skipping {
            held.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn check(chunks: &[&[u8]], expect: &[u64]) {
        let (mut writer, reader) = tokio::io::duplex(1 << 16);
        let mut got = Vec::new();
        let write = async {
            for chunk in chunks {
                writer.write_all(chunk).await.unwrap();
            }
            drop(writer);
        };
        let (read, ()) = tokio::join!(read_all(reader, |incoming| got.extend(incoming.id)), write);
        read.unwrap();
        assert_eq!(got, expect);
    }

    #[tokio::test]
    async fn messages_are_cut_at_their_ends() {
        check(&[b"{\"id\":1}\0"], &[1]).await;
        check(&[b"{\"id\":1}\0{\"id\":2}\0{\"i", b"d\":3}\0"], &[1, 2, 3]).await;
        check(&[b"{\"id\":1}"], &[]).await;
        check(&[b"\0not json\0{\"id\":4}\0"], &[4]).await;
    }

    #[tokio::test]
    async fn a_message_that_is_too_long_is_skipped_and_the_next_one_read() {
        let long = vec![b' '; LONGEST_MESSAGE + 1];
        check(&[b"{\"id\":1}\0", &long, b"{\"id\":2}\0{\"id\":3}\0"], &[1, 3]).await;
    }

    #[test]
    fn a_command_is_serialised_within_its_capacity() {
        let params = serde_json::json!({"a": "b"});
        let message = Outgoing::command(7, "Page.enable", &params, Some("S"), 256).unwrap();
        assert_eq!(
            message.0.as_slice(),
            b"{\"id\":7,\"method\":\"Page.enable\",\"params\":{\"a\":\"b\"},\"sessionId\":\"S\"}\0"
        );
        assert_eq!(message.0.capacity(), 256);
    }
}
