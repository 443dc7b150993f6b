//! Problems that have one code and one sentence.

use actix_web::http::StatusCode;

macro_rules! plain {
    ($( $(#[$doc:meta])* $name:ident = $status:ident $code:literal $detail:literal; )+) => {
        /// Problems that need no figures.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Plain { $( $(#[$doc])* $name, )+ }

        impl Plain {
            /// Every one of them, for the documentation.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )+ ];

            pub(super) const fn parts(self) -> (StatusCode, &'static str, &'static str) {
                match self { $( Self::$name => (StatusCode::$status, $code, $detail), )+ }
            }
        }
    };
}

plain! {
    /// No such route or thing.
    NotFound = NOT_FOUND "not_found" "there is nothing here";
    /// No credential, or none that is valid.
    Unauthorized = UNAUTHORIZED "unauthorized" "a valid API key is needed";
    /// The role may not do this.
    Forbidden = FORBIDDEN "forbidden" "your role may not do this";
    /// An admin route, asked for from an address outside of the allowed networks.
    AddressNotAllowed = FORBIDDEN "address_not_allowed"
        "this may be asked for from certain networks only";
    /// The path names another org.
    ForeignOrg = FORBIDDEN "foreign_org" "this belongs to another org";
    /// The org is suspended.
    OrgSuspended = FORBIDDEN "org_suspended" "the org is suspended";
    /// The org is closed.
    OrgClosed = FORBIDDEN "org_closed" "the org is closed";
    /// A role above one's own was asked for.
    RoleAboveOwn = FORBIDDEN "role_above_own" "nobody hands out more than they may do themselves";
    /// No idempotency key.
    KeyRequired = BAD_REQUEST "idempotency_key_required"
        "this command moves money: send an Idempotency-Key";
    /// Not JSON.
    MalformedJson = BAD_REQUEST "malformed_json" "the body is not valid JSON";
    /// A cursor that we did not make for this question.
    BadCursor = BAD_REQUEST "invalid_cursor" "the cursor does not belong to this query";
    /// A position that the log has not reached.
    BeyondLog = BAD_REQUEST "position_beyond_log" "the log has not reached that position";
    /// A past before the position that the caller says must be known.
    AfterAsOf = BAD_REQUEST "after_as_of"
        "the position that must be known is after the one that is asked for";
    /// An instant that has not come.
    InFuture = UNPROCESSABLE_ENTITY "as_of_in_future"
        "nobody knows yet what will be recorded until then";
    /// A question about the past of something that is not in the log.
    NotAsOf = UNPROCESSABLE_ENTITY "not_as_of"
        "this does not come from the log, so it cannot be told as it was";
    /// A question about a business day of something that does not add up by days.
    NotBitemporal = UNPROCESSABLE_ENTITY "not_bitemporal"
        "this does not add up by business day, so it cannot be told about one";
    /// Too many rows to be told as they were.
    AnswerTooLarge = UNPROCESSABLE_ENTITY "answer_too_large"
        "there were more rows than an answer of the past may hold";
    /// An answer of the past that is not kept here.
    AnswerUnknown = NOT_FOUND "answer_unknown"
        "no such answer is kept here; ask the question again";
    /// Not a media type we read.
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE "unsupported_media_type" "send application/json";
    /// Not a media type we write.
    NotAcceptable = NOT_ACCEPTABLE "not_acceptable" "the accepted media types are not served here";
    /// Too large.
    TooLarge = PAYLOAD_TOO_LARGE "payload_too_large" "the body is too large";
    /// Took too long to arrive.
    BodyIncomplete = BAD_REQUEST "body_incomplete" "the body did not arrive whole";
    /// Took too long to answer.
    TimedOut = SERVICE_UNAVAILABLE "timed_out" "the answer took too long";
    /// A figure and the events that made it disagree.
    DoesNotAddUp = INTERNAL_SERVER_ERROR "does_not_add_up"
        "the figure is not the sum of its events; it is in our log";
    /// No webhook secret configured.
    WebhookOff = PRECONDITION_FAILED "webhook_not_configured"
        "no secret is configured for this webhook";
    /// A webhook that we cannot trust.
    WebhookUnverified = BAD_REQUEST "webhook_unverified"
        "the signature does not prove this message";
    /// A webhook that we cannot read.
    WebhookUnreadable = BAD_REQUEST "webhook_unreadable" "the message cannot be read";
    /// A webhook about money of nobody we know.
    WebhookOrgUnknown = UNPROCESSABLE_ENTITY "webhook_org_unknown"
        "the message names no org of ours; use the endpoint with the org in its path";
    /// A type of event that we do not take.
    EventTypeUnknown = UNPROCESSABLE_ENTITY "event_type_unknown"
        "events of this type are not taken here";
    /// The key of this id ended or never was.
    KeyUnknown = NOT_FOUND "key_unknown" "there is no such valid key";
    /// No such dead letter.
    MessageUnknown = NOT_FOUND "message_unknown" "there is no such dead letter";
    /// A statement with which hardly anything agrees.
    StatementDoesNotFit = UNPROCESSABLE_ENTITY "statement_does_not_fit"
        "hardly anything agrees: is this the right statement? A dry run shows what was found";
    /// No read model of this name.
    ProjectionUnknown = NOT_FOUND "projection_unknown" "there is no such read model";
    /// No policy of this name.
    PolicyUnknown = NOT_FOUND "policy_unknown" "there is no such policy";
    /// It goes on.
    NotParked = CONFLICT "not_parked" "it is not parked on an event";
    /// Nothing of this key waits.
    NothingRefused = CONFLICT "nothing_refused" "no order of this policy about this was refused";
    /// Somebody is at it.
    RebuildRunning = CONFLICT "rebuild_running" "this read model is being rebuilt already";
    /// Nobody is at it.
    RebuildNotRunning = CONFLICT "rebuild_not_running" "this read model is not being rebuilt";
    /// Nothing of the log was signed yet, or not at that size.
    NoCheckpoint = NOT_FOUND "no_checkpoint" "no checkpoint was signed there";
    /// More events than a bundle over HTTP may hold.
    BundleTooLarge = UNPROCESSABLE_ENTITY "bundle_too_large"
        "there are too many events for one answer: ask for less, or use `daybook bundle`";
    /// No such org.
    OrgUnknown = NOT_FOUND "org_unknown" "there is no such org";
}
