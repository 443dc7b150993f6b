//! Where in an answer a figure stands, and what stands around it.

use ledger::values::Currency;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use time::Date;
use uuid::Uuid;

use super::source::Day;
use crate::{body::Params, past::EFFECTIVE_ON};

/// What the thing was asked, and by whom.
pub(crate) struct Question {
    /// The thing's query string.
    pub(super) query: String,
    /// Today in the org's zone.
    pub(crate) today: Date,
    /// The first and the last instant of today.
    pub(crate) day: Day,
    /// The account's currency.
    pub(crate) currency: Currency,
    /// The stream of the account.
    pub(crate) account: Uuid,
}

/// A field of an answer.
#[derive(Clone)]
pub(crate) struct Place<'a> {
    /// What was asked.
    pub(crate) question: &'a Question,
    /// Where its object stands: `/payments/*`, with a star for each place in a list.
    within: String,
    /// Its own name, without `_cents`.
    field: &'a str,
    /// The way there, with numbers for places in lists.
    path: Vec<String>,
    /// The objects around it, the outermost first.
    objects: Vec<&'a Map<String, Value>>,
    /// Its places in the lists around it.
    places: Vec<usize>,
    /// What it shows.
    shown: &'a Value,
}

impl<'a> Place<'a> {
    /// Where it stands and what it is called, to be matched on.
    pub(crate) fn named(&self) -> (&str, &'a str) {
        (&self.within, self.field)
    }

    /// The way there, as callers write it.
    pub(crate) fn figure(&self) -> String {
        self.path.join("/")
    }

    /// What it shows.
    pub(crate) fn shown(&self) -> &'a Value {
        self.shown
    }

    /// Whether it shows anything that could be an amount.
    pub(super) fn is_amount(&self) -> bool {
        self.shown.is_string() || self.shown.is_number()
    }

    /// A field beside it, or beside one of the lists around it.
    pub(crate) fn beside(&self, name: &str) -> Option<&'a Value> {
        self.objects.iter().rev().find_map(|object| object.get(name)).filter(|it| !it.is_null())
    }

    /// Text beside it.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        self.beside(name)?.as_str()
    }

    /// An id beside it.
    pub(crate) fn id(&self, name: &str) -> Option<Uuid> {
        self.text(name)?.parse().ok()
    }

    /// A whole number beside it.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.beside(name)?.as_i64()
    }

    /// The same, where it is small.
    pub(crate) fn small(&self, name: &str) -> Option<i32> {
        i32::try_from(self.number(name)?).ok()
    }

    /// Its place in the list around it, the innermost being 0.
    pub(crate) fn place(&self, outwards: usize) -> Option<usize> {
        self.places.iter().rev().nth(outwards).copied()
    }

    /// The object around it, the innermost being 0.
    pub(crate) fn object(&self, outwards: usize) -> Option<&'a Map<String, Value>> {
        self.objects.iter().rev().nth(outwards).copied()
    }

    /// The currency that is named nearest to it; the account's where there is none.
    pub(crate) fn currency(&self) -> Currency {
        let named = self.text("currency").and_then(|code| code.parse().ok());
        named.unwrap_or(self.question.currency)
    }

    /// A parameter of the thing.
    pub(crate) fn param(&self, name: &str) -> Option<String> {
        Params::parse(&self.question.query).text(name)
    }

    /// A day among the parameters of the thing.
    pub(crate) fn day(&self, name: &str) -> Option<Date> {
        Params::parse(&self.question.query).day(name)
    }

    /// The days that the thing was asked about: `from`, and the day after `to`, which goes by
    /// other names too.
    pub(crate) fn days(&self) -> (Option<Date>, Option<Date>) {
        let until = ["to", "on", EFFECTIVE_ON].into_iter().find_map(|name| self.day(name));
        (self.day("from"), until.and_then(Date::next_day))
    }

    /// What it shows, in minor units; `None` where it shows no amount.
    pub(crate) fn minor(&self, currency: Currency) -> Option<i64> {
        let is_minor = self.path.last().is_some_and(|name| name.ends_with("_cents"));
        match self.shown {
            Value::Number(number) if is_minor => number.as_i64(),
            Value::Number(number) => in_minor(&number.to_string(), currency),
            Value::String(text) => in_minor(text, currency),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    fn root(question: &'a Question, body: &'a Value) -> Self {
        let (objects, places) = (body.as_object().into_iter().collect(), Vec::new());
        let (within, path) = (String::new(), Vec::new());
        Self { question, within, field: "", path, objects, places, shown: body }
    }

    /// A field of an object, or a place of a list.
    fn step(&self, segment: &str) -> Option<Self> {
        let mut next = self.clone();
        if !self.field.is_empty() {
            next.within = format!("{}/{}", self.within, self.field);
        }
        match self.shown {
            Value::Object(object) => {
                let (name, shown) = object.get_key_value(segment)?;
                next.field = name.strip_suffix("_cents").unwrap_or(name);
                next.path.push(name.clone());
                next.shown = shown;
                next.objects.extend(shown.as_object());
            }
            Value::Array(list) => {
                let numbered = segment.parse().ok().filter(|place| *place < list.len());
                let named = || list.iter().position(|item| is_called(item, segment));
                let place: usize = numbered.or_else(named)?;
                next.shown = list.get(place)?;
                next.within.push_str("/*");
                next.field = "";
                next.places.push(place);
                next.path.push(place.to_string());
                next.objects.extend(next.shown.as_object());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
        }
        Some(next)
    }

    fn below(&self) -> Vec<Self> {
        match self.shown {
            Value::Object(object) => object.keys().filter_map(|name| self.step(name)).collect(),
            Value::Array(list) => {
                (0..list.len()).filter_map(|place| self.step(&place.to_string())).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
        }
    }
}

/// A row of a list may be called by its id, its account, its currency, …
fn is_called(item: &Value, name: &str) -> bool {
    let fields = item.as_object().into_iter().flat_map(Map::values);
    let mut words = fields.filter_map(Value::as_str);
    words.any(|word| word == name)
}

fn in_minor(text: &str, currency: Currency) -> Option<i64> {
    let amount: Decimal = text.parse().ok()?;
    let scale = 10_i64.checked_pow(currency.minor_digits())?;
    let minor = amount.checked_mul(Decimal::from(scale))?;
    if minor.fract().is_zero() { i64::try_from(minor.trunc()).ok() } else { None }
}

/// The field that a path leads to.
pub(super) fn found<'a>(
    question: &'a Question,
    body: &'a Value,
    figure: &str,
) -> Option<Place<'a>> {
    let mut segments = figure.split('/').filter(|segment| !segment.is_empty());
    segments.try_fold(Place::root(question, body), |place, segment| place.step(segment))
}

/// Every field of an answer that is neither a list nor an object.
pub(super) fn fields<'a>(question: &'a Question, body: &'a Value) -> Vec<Place<'a>> {
    let mut open = vec![Place::root(question, body)];
    let mut fields = Vec::new();
    while let Some(place) = open.pop() {
        let below = place.below();
        if below.is_empty() {
            fields.push(place);
        } else {
            open.extend(below.into_iter().rev());
        }
    }
    fields
}
