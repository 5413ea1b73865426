//! S3, as far as Droplets needs it: store an object, read one or a range of one.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::{ByteStream, DateTime};

use crate::timestamp::Timestamp;

/// A part of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteRange {
    /// First byte.
    pub offset: u64,
    /// How many bytes; at least one.
    pub length: u64,
}

/// What a function needs of the lake; S3 in AWS, a map in a test.
pub trait Lake: Sync {
    /// Stores an object. The same key twice is the same bytes twice, so a retry changes nothing.
    fn put(
        &self,
        key: &str,
        body: Vec<u8>,
        content_type: &'static str,
    ) -> impl Future<Output = Result<(), LakeError>> + Send;

    /// Opens an object, or from a byte on, or a range of it, for reading.
    fn get(&self, key: &str, part: Part) -> impl Future<Output = Result<Body, LakeError>> + Send;

    /// A link by which anyone can read an object for so long, or until the credentials that signed it expire. Signing asks
    /// nobody: that the object is there is for the caller to know.
    fn link(&self, key: &str, lifetime: Duration) -> impl Future<Output = Result<String, LakeError>> + Send;

    /// Lists a page of the objects whose keys begin so, in the order of their keys; at most 1,000. `next` is what the page
    /// before said.
    fn list(&self, prefix: &str, next: Option<String>) -> impl Future<Output = Result<Listing, LakeError>> + Send;

    /// The folders right below a folder, as `raw/type=http/`.
    fn folders(&self, prefix: &str) -> impl Future<Output = Result<Vec<String>, LakeError>> + Send;

    /// Reads a small object, unless it still is the one with this entity tag.
    fn document(&self, key: &str, etag: Option<&str>) -> impl Future<Output = Result<Document, LakeError>> + Send;
}

/// A page of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The objects, by key.
    pub objects: Vec<Listed>,
    /// What to ask with for the next page; `None` at the end.
    pub next: Option<String>,
}

/// An object of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// When it was last written.
    pub last_modified: Option<Timestamp>,
}

/// A small object that is read again and again.
#[derive(Debug)]
pub enum Document {
    /// There is none.
    Missing,
    /// It is the one its reader has.
    Unchanged,
    /// It is another.
    Changed {
        /// The object, for reading.
        body: Body,
        /// What to ask with next time.
        etag: Option<String>,
    },
}

/// Which part of an object to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// From this byte to its end.
    From(u64),
    /// A range.
    Range(ByteRange),
}

/// An object being read.
#[derive(Debug)]
pub struct Body {
    /// Its bytes, as they come in.
    pub stream: ByteStream,
    /// When it was last written.
    pub last_modified: Option<Timestamp>,
    key: String,
}

impl Body {
    /// A body for tests and fakes.
    #[must_use]
    pub fn new(key: &str, stream: ByteStream, last_modified: Option<Timestamp>) -> Self {
        Self { stream, last_modified, key: key.to_owned() }
    }

    fn of(key: &str, stream: ByteStream, last_modified: Option<DateTime>) -> Self {
        Self::new(key, stream, last_modified.and_then(timestamp))
    }

    /// The next bytes; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<impl AsRef<[u8]> + use<>>, LakeError> {
        self.stream.try_next().await.map_err(|source| LakeError {
            action: "GetObject",
            key: self.key.clone(),
            fault: Fault::Aws,
            source: Some(Box::new(source)),
        })
    }
}

fn timestamp(at: DateTime) -> Option<Timestamp> {
    at.to_millis().ok().and_then(Timestamp::from_millis)
}

/// What kind of failure it was: it decides whether trying again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The object, or that part of it, is not there. Trying again does not help.
    Missing,
    /// AWS failed, throttled or denied; trying again can help (once the policy is mended, if it denied).
    Aws,
}

/// A call to S3 that failed.
#[derive(Debug)]
pub struct LakeError {
    /// The S3 action.
    pub action: &'static str,
    /// The object's key.
    pub key: String,
    /// What kind of failure it was.
    pub fault: Fault,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl LakeError {
    /// A failure for tests and fakes.
    #[must_use]
    pub fn new(action: &'static str, key: &str, fault: Fault) -> Self {
        Self { action, key: key.to_owned(), fault, source: None }
    }

    fn of<E>(action: &'static str, key: &str, error: SdkError<E>) -> Self
    where
        E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    {
        let status = error.raw_response().map(|r| r.status().as_u16());
        // 416: the object is shorter than it was. 403 stands for 404 only without s3:ListBucket, which we have.
        let missing = matches!(error.code(), Some("NoSuchKey" | "InvalidRange")) || matches!(status, Some(404 | 416));
        let missing = missing && error.code() != Some("NoSuchBucket");
        let fault = if missing { Fault::Missing } else { Fault::Aws };
        Self { action, key: key.to_owned(), fault, source: Some(Box::new(error)) }
    }
}

impl fmt::Display for LakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3:{} {}: ", self.action, self.key)?;
        match (self.fault, &self.source) {
            (Fault::Missing, _) => f.write_str("no such object"),
            (Fault::Aws, Some(source)) => write_causes(f, source.as_ref()),
            (Fault::Aws, None) => f.write_str("failed"),
        }
    }
}

/// An error of the SDK and what caused it, each in its own words. The SDK's `DisplayErrorContext` would add the raw
/// response, headers and body, which belong in no log.
pub(crate) fn write_causes(f: &mut fmt::Formatter<'_>, error: &(dyn Error + 'static)) -> fmt::Result {
    write!(f, "{error}")?;
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(f, ": {error}")?;
        cause = error.source();
    }
    Ok(())
}

impl Error for LakeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

/// The lake on S3.
#[derive(Clone, Debug)]
pub struct S3Lake {
    client: Client,
    bucket: String,
}

impl S3Lake {
    /// The lake in this bucket.
    #[must_use]
    pub fn new(client: Client, bucket: String) -> Self {
        Self { client, bucket }
    }
}

impl Lake for S3Lake {
    async fn put(&self, key: &str, body: Vec<u8>, content_type: &'static str) -> Result<(), LakeError> {
        self.client
            .put_object()
            .bucket(&self.bucket)
            .key(key)
            .content_type(content_type)
            .body(ByteStream::from(body))
            .send()
            .await
            .map(|_| ())
            .map_err(|error| LakeError::of("PutObject", key, error))
    }

    async fn get(&self, key: &str, part: Part) -> Result<Body, LakeError> {
        let range = match part {
            Part::Whole | Part::From(0) => None,
            Part::From(offset) => Some(format!("bytes={offset}-")),
            Part::Range(ByteRange { offset, length }) => Some(format!("bytes={offset}-{}", offset + length.max(1) - 1)),
        };
        let object = self
            .client
            .get_object()
            .bucket(&self.bucket)
            .key(key)
            .set_range(range)
            .send()
            .await
            .map_err(|error| LakeError::of("GetObject", key, error))?;
        Ok(Body::of(key, object.body, object.last_modified))
    }

    async fn link(&self, key: &str, lifetime: Duration) -> Result<String, LakeError> {
        let failed = |source: Box<dyn Error + Send + Sync>| LakeError {
            action: "GetObject (signing)",
            key: key.to_owned(),
            fault: Fault::Aws,
            source: Some(source),
        };
        let lifetime = PresigningConfig::expires_in(lifetime).map_err(|source| failed(source.into()))?;
        let call = self.client.get_object().bucket(&self.bucket).key(key);
        let signed = call.presigned(lifetime).await.map_err(|source| failed(source.into()))?;
        Ok(signed.uri().to_owned())
    }

    async fn list(&self, prefix: &str, next: Option<String>) -> Result<Listing, LakeError> {
        let call = self.client.list_objects_v2().bucket(&self.bucket).prefix(prefix).set_continuation_token(next);
        let page = call.send().await.map_err(|error| LakeError::of("ListObjectsV2", prefix, error))?;
        let listed = |object: aws_sdk_s3::types::Object| {
            Some(Listed { key: object.key?, last_modified: object.last_modified.and_then(timestamp) })
        };
        let objects = page.contents.unwrap_or_default().into_iter().filter_map(listed).collect();
        Ok(Listing { objects, next: page.next_continuation_token })
    }

    async fn folders(&self, prefix: &str) -> Result<Vec<String>, LakeError> {
        let (mut folders, mut next) = (Vec::new(), None);
        loop {
            let call = self.client.list_objects_v2().bucket(&self.bucket).prefix(prefix).delimiter("/");
            let page = call.set_continuation_token(next).send().await;
            let page = page.map_err(|error| LakeError::of("ListObjectsV2", prefix, error))?;
            folders.extend(page.common_prefixes.unwrap_or_default().into_iter().filter_map(|folder| folder.prefix));
            next = page.next_continuation_token;
            if next.is_none() {
                return Ok(folders);
            }
        }
    }

    async fn document(&self, key: &str, etag: Option<&str>) -> Result<Document, LakeError> {
        let call = self.client.get_object().bucket(&self.bucket).key(key).set_if_none_match(etag.map(str::to_owned));
        match call.send().await {
            Ok(object) => {
                Ok(Document::Changed { body: Body::of(key, object.body, object.last_modified), etag: object.e_tag })
            }
            // The SDK takes 304 for an error.
            Err(error) if error.raw_response().is_some_and(|r| r.status().as_u16() == 304) => Ok(Document::Unchanged),
            Err(error) => match LakeError::of("GetObject", key, error) {
                LakeError { fault: Fault::Missing, .. } => Ok(Document::Missing),
                error => Err(error),
            },
        }
    }
}
