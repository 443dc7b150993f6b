//! `GET …/explain`

use actix_web::{HttpRequest, HttpResponse, web::Data};
use ledger::{RefusalKind, store::account_id};
use projections::engine::{
    explain::{Figure, Log, Shares, View},
    read_models,
};
use serde_json::json;

use super::{
    Asking, Place, Source,
    asking::{Answered, Instead, answered},
    documented::Documented,
    place::{Question, fields, found},
    view::{Explained, In},
    witness::witnesses,
};
use crate::{
    answer::at_position,
    error::{ApiError, Plain},
    query::Asked,
    resources::account::account_when,
    state::AppState,
};

/// A thing whose figures can be explained.
pub(crate) trait Explains: 'static {
    /// The documentation of its own route.
    type Documented: Documented;

    /// Asks for it.
    fn ask(request: HttpRequest) -> Asking;

    /// What a field of it is the sum of; `None` where it is no figure.
    fn source(place: &Place<'_>) -> Option<Source>;
}

/// How often the thing is asked again while rows and log are on their way.
const ROUNDS: usize = 4;

/// Figures that are named to somebody who asked for another one.
const NAMED: usize = 200;

/// What is asked about a figure.
struct Wanted {
    figure: String,
    view: View,
    proofs: bool,
    instead: Instead,
}

/// Explains a figure of an answer.
pub(super) async fn explain<E: Explains>(
    request: HttpRequest,
    state: Data<AppState>,
    mut asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let wanted = wanted(&mut asked)?;
    for round in 0..ROUNDS {
        if round > 0 {
            settled(&state, &asked).await?;
        }
        // The first time rows may be on their way, whatever the head is.
        let before = if round > 0 { state.ledger.head(asked.caller.org).await? } else { None };
        let (answer, question) = tokio::join!(
            answered(&request, &wanted.instead, E::ask),
            question(&state, &asked, &wanted)
        );
        let answer = match answer? {
            Ok(answer) => answer,
            Err(otherwise) => return Ok(otherwise),
        };
        let question = question?;
        let place = found(&question, &answer.body, &wanted.figure);
        let place = place.filter(Place::is_amount);
        let source = place.as_ref().and_then(E::source);
        let Some((place, source)) = place.zip(source) else {
            return Err(unknown::<E>(&question, &answer));
        };
        let org = asked.caller.org;
        let log = Log { ledger: &state.ledger, org, position: answer.position };
        let figure = source.figure(log).await?;
        let shares = log.shares(&figure).await?;
        let currency = shares.currency().unwrap_or_else(|| place.currency());
        if place.minor(currency).map(i128::from) == Some(shares.minor()) {
            return shown(&state, &asked, &wanted, &place, log, &shares, In(currency)).await;
        }
        // Rows that were read while the log went on say nothing yet.
        if round > 0 && state.ledger.head(org).await? == before {
            return Err(wrong(&asked, &place, &figure, &shares));
        }
    }
    Err(ApiError::Unavailable)
}

fn wanted(asked: &mut Asked) -> Result<Wanted, ApiError> {
    let params = &mut asked.params;
    let figure = params.text("figure");
    let most = usize::try_from(params.integer("children", 100, 1, 500)).unwrap_or(1);
    let skip = params.parsed("skip", "a whole number is expected").unwrap_or(0);
    let row = params.parsed("row", "a whole number is expected");
    let proofs = params.flag("proofs");
    let wrong = std::mem::take(params).errors();
    if !wrong.is_empty() {
        return Err(ApiError::InvalidQuery(wrong));
    }
    // Without one the answer is which ones there are.
    let figure = figure.unwrap_or_default();
    let own = ["figure", "children", "skip", "row", "proofs"];
    let left = asked.query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !pair.is_empty() && !own.contains(&name)
    });
    // All of the answer as of then, where some things would tell some of it of now.
    let renamed = left.map(|pair| match pair.strip_prefix("at_position=") {
        Some(position) => format!("as_of_position={position}"),
        None => pair.to_owned(),
    });
    let query = renamed.collect::<Vec<_>>().join("&");
    let path = asked.path.strip_suffix("/explain").unwrap_or(&asked.path).to_owned();
    Ok(Wanted { figure, view: View { most, skip, row }, proofs, instead: Instead { path, query } })
}

async fn question(state: &AppState, asked: &Asked, wanted: &Wanted) -> Result<Question, ApiError> {
    let org = asked.caller.org;
    let account = account_when(state, org, asked.when).await?;
    let (today, currency) = (account.today(), account.currency());
    let rule = account.state.cycle_rule();
    let starts = |day| rule.and_then(|rule| rule.day_starts_at(day).ok());
    let day = today.next_day().and_then(|next| starts(today).zip(starts(next)));
    let day = day.ok_or_else(|| ApiError::Failed("no day".to_owned()))?;
    let (query, account) = (wanted.instead.query.clone(), account_id(org).uuid());
    Ok(Question { query, today, day, currency, account })
}

/// Waits until every read model that can has reached the log.
async fn settled(state: &AppState, asked: &Asked) -> Result<(), ApiError> {
    let org = asked.caller.org;
    let head = state.ledger.head(org).await?.unwrap_or(0);
    for model in read_models() {
        // One that stands still is behind in the answer as well.
        let _reached = state.engine.wait_for(org, model.name(), head, state.deadline()).await;
    }
    Ok(())
}

/// What it is not, and what there is instead.
fn unknown<E: Explains>(question: &Question, answer: &Answered) -> ApiError {
    let figures: Vec<String> = fields(question, &answer.body)
        .into_iter()
        .filter(|place| place.is_amount() && E::source(place).is_some())
        .map(|place| place.figure())
        .take(NAMED)
        .collect();
    ApiError::Refused {
        code: "figure_unknown",
        kind: RefusalKind::Unknown,
        detail: "there is no such figure in the answer".to_owned(),
        figures: json!({"figures": figures}),
    }
}

/// Never shown as if all was well.
fn wrong(asked: &Asked, place: &Place<'_>, figure: &Figure, shares: &Shares) -> ApiError {
    let models: Vec<_> = figure.parts().iter().map(|(part, _)| part.model()).collect();
    tracing::error!(
        org = %asked.caller.org,
        route = asked.caller.route,
        figure = place.figure(),
        shown = %place.shown(),
        minor = %shares.minor(),
        ?models,
        "a figure is not the sum of its events"
    );
    Plain::DoesNotAddUp.into()
}

async fn shown(
    state: &AppState,
    asked: &Asked,
    wanted: &Wanted,
    place: &Place<'_>,
    log: Log<'_>,
    shares: &Shares,
    amounts: In,
) -> Result<HttpResponse, ApiError> {
    let tree = log.tree(shares, &wanted.view).await?;
    let uneven = || ApiError::from(Plain::DoesNotAddUp);
    if !tree.adds_up() {
        tracing::error!(org = %log.org, figure = place.figure(), "a tree does not add up");
        return Err(uneven());
    }
    let mut told = witnesses(state, &asked.caller, log, &tree, wanted.proofs).await?;
    let View { most, skip, row } = wanted.view;
    let more = |row: Option<usize>, skip: usize| {
        let row = row.map(|row| format!("row={row}&")).unwrap_or_default();
        let figure = place.figure();
        let rest = Some(&wanted.instead.query).filter(|query| !query.is_empty());
        let rest = rest.map(|query| format!("&{query}")).unwrap_or_default();
        format!("{}?figure={figure}&{row}children={most}&skip={skip}{rest}", asked.path)
    };
    let passed = if row.is_some() { skip } else { 0 };
    let rows: Option<Vec<_>> = tree
        .rows
        .iter()
        .map(|row| amounts.row(row, &mut told, more(Some(row.place), passed + most)))
        .collect();
    let rest = amounts.rest(tree.rest, more(None, if row.is_some() { 0 } else { skip + most }));
    let (amount, amount_cents) = amounts.both(tree.minor).ok_or_else(uneven)?;
    let Instead { path, query } = &wanted.instead;
    let question = if query.is_empty() { String::new() } else { format!("?{query}") };
    let view = Explained {
        figure: place.figure(),
        of: format!("{path}{question}"),
        shown: place.shown().clone(),
        position: tree.position,
        currency: amounts.0.to_string(),
        amount,
        amount_cents,
        row_count: tree.row_count,
        rows: rows.ok_or_else(uneven)?,
        more: rest.ok_or_else(uneven)?,
    };
    Ok(at_position(tree.position, &view))
}
