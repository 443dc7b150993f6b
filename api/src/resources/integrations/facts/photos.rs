//! Photos and what was said of them.

use ledger::operation::{Kind, Photo, PhotoReview, PhotoState, ReviewVerdict};
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::{super::sealing::Sealing, MOST};
use crate::{
    body::{Fields, ForeignId, FromBody, foreign_id, instant, integer, one_of, text},
    error::ApiError,
};

/// A photo of a job; `operation.photo`.
#[derive(Debug, ToSchema)]
pub(crate) struct PhotoData {
    /// Of which booking.
    #[schema(value_type = Option<String>)]
    booking_id: Option<ForeignId>,
    /// Its size.
    bytes: i64,
    /// stored (unless said otherwise) or deleted: then neither it nor its bytes count.
    #[schema(value_type = Option<String>)]
    state: PhotoState,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    taken_at: OffsetDateTime,
}

impl FromBody for PhotoData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let booking_id = fields.optional("booking_id", foreign_id);
        let bytes = fields.required("bytes", integer(0, MOST));
        let state = fields.or("state", PhotoState::Stored, one_of(PhotoState::WORDS));
        let taken_at = fields.required("taken_at", instant);
        Some(Self { booking_id: booking_id?, bytes: bytes?, state: state?, taken_at: taken_at? })
    }
}

impl PhotoData {
    pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<Photo, ApiError> {
        Ok(Photo {
            booking: sealing.other(Kind::Booking, self.booking_id.as_ref()),
            bytes: self.bytes,
            state: self.state,
            taken_at: self.taken_at,
        })
    }
}

/// Somebody looked at a photo; `operation.photo_review`.
#[derive(Debug, ToSchema)]
pub(crate) struct PhotoReviewData {
    /// A remark; kept sealed.
    note: Option<String>,
    /// Of which photo.
    #[schema(value_type = String)]
    photo_id: ForeignId,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    reviewed_at: OffsetDateTime,
    /// pending, approved or needs_retake.
    #[schema(value_type = String)]
    verdict: ReviewVerdict,
}

impl FromBody for PhotoReviewData {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let note = fields.optional("note", text(2_000));
        let photo_id = fields.required("photo_id", foreign_id);
        let reviewed_at = fields.required("reviewed_at", instant);
        let verdict = fields.required("verdict", one_of(ReviewVerdict::WORDS));
        Some(Self {
            note: note?,
            photo_id: photo_id?,
            reviewed_at: reviewed_at?,
            verdict: verdict?,
        })
    }
}

impl PhotoReviewData {
    pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<PhotoReview, ApiError> {
        Ok(PhotoReview {
            note: sealing.own("note", self.note.as_deref()).await?,
            photo: sealing.named(Kind::Photo, &self.photo_id),
            reviewed_at: self.reviewed_at,
            verdict: self.verdict,
        })
    }
}
