//! Pages of marks as a PDF: tagged, with a title, held to PDF/UA-1.

use std::num::NonZeroU16;

use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    error::KrillaError,
    geom::{PathBuilder, Point, Rect},
    metadata::{Metadata, TextDirection},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule, Stroke, StrokeDash},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup,
        TagTree,
    },
};
use ledger::ports::documents::Unprintable;

use super::{
    fonts::Fonts,
    sheet::{HAIR, HEIGHT, Ink, LEFT, Mark, Meaning, Node, RIGHT, SMALL, Sheets, WIDTH},
    text::clean,
};

/// What a PDF says about itself.
pub(super) struct About {
    pub(super) title: String,
    pub(super) author: String,
    /// At the foot of every page.
    pub(super) foot: String,
}

/// Prints. Nothing in it comes from a clock or from chance.
pub(super) fn print(mut sheets: Sheets, about: &About) -> Result<Vec<u8>, Unprintable> {
    feet(&mut sheets, &about.foot);
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| Unprintable(format!("{error:?}")))?;
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut found: Vec<Vec<Identifier>> = sheets.tree.iter().map(|_| Vec::new()).collect();
    for marks in &sheets.pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT);
        let mut page = document.start_page_with(settings.unwrap_or_default());
        let mut surface = page.surface();
        for mark in marks {
            draw(&mut surface, mark, &mut found);
        }
        surface.finish();
        page.finish();
    }
    let title = clean(&about.title);
    document.set_tag_tree(tree(&sheets.tree, found, &title));
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(title.clone(), top));
    document.set_outline(outline);
    let author = clean(&about.author);
    let metadata = Metadata::new()
        .authors(Some(author).filter(|author| !author.is_empty()).into_iter().collect())
        .document_id(title.clone())
        .title(title)
        .creator("Daybook".to_owned())
        .language("en".to_owned())
        .text_direction(TextDirection::LeftToRight);
    document.set_metadata(metadata);
    document.finish().map_err(|error| Unprintable(kind(&error)))
}

/// What went wrong, without what was to be printed.
fn kind(error: &KrillaError) -> String {
    match error {
        KrillaError::Font(..) => "font".to_owned(),
        KrillaError::Validation(errors) => format!("{} points of PDF/UA", errors.len()),
        _ => "other".to_owned(),
    }
}

/// The foot of every page, with its number.
fn feet(sheets: &mut Sheets, foot: &str) {
    let all = sheets.pages.len();
    let mut feet = Sheets::new(0.0, String::new());
    for number in 1..=all {
        if number > 1 {
            feet.pages.push(Vec::new());
        }
        feet.rule(LEFT, RIGHT, HEIGHT - 48.0, 0.5, HAIR);
        feet.lines((LEFT, RIGHT - LEFT - 90.0), HEIGHT - 36.0, SMALL, foot, 1, None);
        let place = format!("Page {number} of {all}");
        feet.line_to(RIGHT, 80.0, HEIGHT - 36.0, SMALL, &place, None);
    }
    for (page, foot) in sheets.pages.iter_mut().zip(feet.pages) {
        page.extend(foot);
    }
}

fn fill((red, green, blue): Ink) -> Fill {
    let paint = rgb::Color::new(red, green, blue).into();
    Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, found: &mut [Vec<Identifier>]) {
    let decoration = || ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout));
    match mark {
        Mark::Text { x, baseline, style, text, node } => {
            let tag = match node {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => decoration(),
            };
            let id = surface.start_tagged(tag);
            if let Some(ids) = node.and_then(|Node(at)| found.get_mut(at)) {
                ids.push(id);
            }
            let face = Fonts::get().of(style.cut);
            surface.set_stroke(None);
            surface.set_fill(Some(fill(style.ink)));
            let (start, glyphs) = (Point::from_xy(*x, *baseline), face.glyphs(text));
            surface.draw_glyphs(start, &glyphs, face.font.clone(), text, style.size, false);
            surface.end_tagged();
        }
        Mark::Rule { from, to, weight, ink, dashed } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            let Some(path) = path.finish() else { return };
            let dash = dashed.then(|| StrokeDash { array: vec![4.0, 4.0], offset: 0.0 });
            let paint = fill(*ink).paint;
            surface.start_tagged(decoration());
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint, width: *weight, dash, ..Stroke::default() }));
            surface.draw_path(&path);
            surface.end_tagged();
        }
        Mark::Area { x, y, width, height, ink } => {
            let Some(area) = Rect::from_xywh(*x, *y, *width, *height) else { return };
            let mut path = PathBuilder::new();
            path.push_rect(area);
            let Some(path) = path.finish() else { return };
            surface.start_tagged(decoration());
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*ink)));
            surface.draw_path(&path);
            surface.end_tagged();
        }
    }
}

/// The tree of meanings, in the order in which they were made.
fn tree(
    meanings: &[(Meaning, Option<Node>)],
    mut found: Vec<Vec<Identifier>>,
    title: &str,
) -> TagTree {
    let mut groups: Vec<Option<TagGroup>> = Vec::with_capacity(meanings.len());
    for ((meaning, _), ids) in meanings.iter().zip(&mut found) {
        let mut group = group(*meaning, title);
        for id in ids.drain(..) {
            group.push(id);
        }
        groups.push(Some(group));
    }
    let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
    // A parent is made before its children; so from the last to the first each is whole when it
    // is handed up, and what is handed up comes in reverse.
    let mut handed: Vec<Vec<TagGroup>> = meanings.iter().map(|_| Vec::new()).collect();
    let mut roots = Vec::new();
    for at in (0..meanings.len()).rev() {
        let Some(mut group) = groups[at].take() else { continue };
        for child in std::mem::take(&mut handed[at]).into_iter().rev() {
            group.push(child);
        }
        match meanings[at].1 {
            Some(Node(parent)) => handed[parent].push(group),
            None => roots.push(group),
        }
    }
    for root in roots.into_iter().rev() {
        tree.push(root);
    }
    tree
}

fn group(meaning: Meaning, title: &str) -> TagGroup {
    match meaning {
        Meaning::Title => TagGroup::new(Tag::Hn(NonZeroU16::MIN, Some(title.to_owned()))),
        Meaning::Paragraph => TagGroup::new(Tag::P),
        Meaning::Table => TagGroup::new(Tag::Table),
        Meaning::Row => TagGroup::new(Tag::TR),
        Meaning::HeaderCell => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
        Meaning::Cell => TagGroup::new(Tag::TD),
    }
}
