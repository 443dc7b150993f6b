//! What a message's `data` may say: one type per kind, each with its reader and its fact.
//!
//! A fact says the whole state of its thing; a field that is not said is not known.

mod people;
mod photos;
mod schedule;
mod usage;
mod voices;

use ledger::operation::{Fact, Kind};
use serde_json::value::RawValue;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{OneOfBuilder, Ref, RefOr, Schema},
};

use self::{
    people::{LeadData, TeamData, WorkerData},
    photos::{PhotoData, PhotoReviewData},
    schedule::{BlackoutData, BookingData, JobCompletionData},
    usage::{StorageData, UsageCounterData},
    voices::{NpsResponseData, SupportTicketData},
};
use super::sealing::Sealing;
use crate::{
    body::{Fields, ForeignId, FromBody, foreign_id, parse_at},
    error::ApiError,
};

/// The largest whole number that JSON carries exactly.
const MOST: i64 = 9_007_199_254_740_991;

/// Data with the id of the thing it is about.
struct Named<D>(Option<ForeignId>, D);

impl<D: FromBody> FromBody for Named<D> {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let id = fields.optional("id", foreign_id);
        let data = D::read(fields);
        Some(Self(id?, data?))
    }
}

/// Lists the kinds: everything that must know all of them.
macro_rules! kinds {
    ($( $kind:ident($data:ty) )+) => {
        /// The data of any kind.
        pub(super) enum Data { $( $kind($data), )+ }

        impl Data {
            /// Reads the data of a kind, and the id that stands in it.
            pub(super) fn read(
                kind: Kind,
                pointer: &str,
                raw: &RawValue,
            ) -> Result<(Option<ForeignId>, Self), ApiError> {
                let bytes = raw.get().as_bytes();
                match kind {
                    $( Kind::$kind => parse_at::<Named<$data>>(pointer.to_owned(), bytes)
                        .map(|Named(id, data)| (id, Self::$kind(data))), )+
                }
            }

            /// The fact, with everything personal sealed.
            pub(super) async fn into_fact(self, sealing: &Sealing<'_>) -> Result<Fact, ApiError> {
                match self {
                    $( Self::$kind(data) => data.into_fact(sealing).await.map(Fact::from), )+
                }
            }
        }

        /// For the document: the data of one of the kinds.
        #[derive(Debug)]
        pub(crate) struct DataBody;

        impl PartialSchema for DataBody {
            fn schema() -> RefOr<Schema> {
                OneOfBuilder::new()
                    .description(Some("The thing's whole state, as its kind has it"))
                    $( .item(Ref::from_schema_name(<$data>::name())) )+
                    .into()
            }
        }

        impl ToSchema for DataBody {
            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                $( schemas.push((<$data>::name().into_owned(), <$data>::schema())); )+
            }
        }
    };
}

kinds! {
    Blackout(BlackoutData)
    Booking(BookingData)
    JobCompletion(JobCompletionData)
    Lead(LeadData)
    NpsResponse(NpsResponseData)
    Photo(PhotoData)
    PhotoReview(PhotoReviewData)
    Storage(StorageData)
    SupportTicket(SupportTicketData)
    Team(TeamData)
    UsageCounter(UsageCounterData)
    Worker(WorkerData)
}

impl Data {
    /// What names a usage counter: it is a thing by what it counts, whoever counts it.
    pub(super) fn counter(&self) -> Option<String> {
        match self {
            Self::UsageCounter(data) => Some(data.entity()),
            Self::Blackout(_)
            | Self::Booking(_)
            | Self::JobCompletion(_)
            | Self::Lead(_)
            | Self::NpsResponse(_)
            | Self::Photo(_)
            | Self::PhotoReview(_)
            | Self::Storage(_)
            | Self::SupportTicket(_)
            | Self::Team(_)
            | Self::Worker(_) => None,
        }
    }
}
