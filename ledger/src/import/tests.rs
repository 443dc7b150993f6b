use super::*;
use crate::decide::Refusal;

fn begun(rows: i64) -> Begun {
    Begun { digest: Digest([7; 32]), rows, source: ImportSource::Csv }
}

fn finished(invoices: i64) -> Finished {
    Finished { digest: Digest([7; 32]), entries: 1, events: 0, invoices, streams: 0 }
}

fn after(commands: impl IntoIterator<Item = ImportCommand>) -> Import {
    let mut import = Import::default();
    for command in commands {
        import.decide(command).unwrap().into_iter().for_each(|event| import.apply(event));
    }
    import
}

#[test]
fn it_begins_and_ends_once() {
    let begin = ImportCommand::Begin(begun(3));
    let finish = ImportCommand::Finish(finished(2));
    let import = after([begin.clone(), finish.clone()]);
    assert_eq!(import.begun(), Some(&begun(3)));
    assert_eq!(import.finished(), Some(&finished(2)));
    assert_eq!(import.decide(begin), Ok(vec![]));
    assert_eq!(import.decide(finish), Ok(vec![]));
}

#[test]
fn another_source_or_another_end_is_refused() {
    let import = after([ImportCommand::Begin(begun(3))]);
    let other = import.decide(ImportCommand::Begin(begun(4))).unwrap_err();
    assert_eq!(other.code(), "import.exists");
    let foreign = Finished { digest: Digest([8; 32]), ..finished(2) };
    assert_eq!(import.decide(ImportCommand::Finish(foreign)), Err(ImportError::Exists));
    let ended = after([ImportCommand::Begin(begun(3)), ImportCommand::Finish(finished(2))]);
    let again = ended.decide(ImportCommand::Finish(finished(3))).unwrap_err();
    assert_eq!(again.code(), "import.finished");
}

#[test]
fn what_was_never_begun_is_not_finished() {
    let refused = Import::default().decide(ImportCommand::Finish(finished(2)));
    assert_eq!(refused, Err(ImportError::Unknown));
}

#[test]
fn a_digest_reads_as_it_is_written() {
    let digest = Digest([0xab; 32]);
    assert_eq!(digest.to_string().parse(), Ok(digest));
    for text in ["", "ab", &"AB".repeat(32), &"zz".repeat(32), &"ab".repeat(33)] {
        assert_eq!(text.parse::<Digest>(), Err(NoDigest), "{text}");
    }
}
