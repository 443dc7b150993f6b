//! Checkpoints: how far a log goes and its root, signed (C2SP `tlog-checkpoint`).
//!
//! ```text
//! ledger.example.org/0197f2c0-0000-7000-8000-000000000001
//! 20852163
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//!
//! — ledger.example.org/0197f2c0-0000-7000-8000-000000000001 Az3grlgtzPICa5OS8npVmf1Myq/5IZni…
//! ```

use data_encoding::{BASE64, HEXLOWER};

use super::{CheckpointKey, VerifierKey};
use crate::values::OrgId;

/// No checkpoint comes near to this; bytes.
const LONGEST: usize = 16 << 10;

/// How far a log goes, and its root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose log: `<name>/<org>`.
    pub origin: String,
    /// How many events.
    pub size: u64,
    /// RFC 6962 root over their leaves.
    pub root: [u8; 32],
}

impl Checkpoint {
    /// The org that the origin names, if it ends with one.
    pub fn org(&self) -> Option<OrgId> {
        self.origin.rsplit('/').next()?.parse().ok()
    }

    /// What is signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(&self.root))
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let root = BASE64.decode(root.as_bytes()).ok()?.try_into().ok()?;
        let read = Self { origin: origin.to_owned(), size: size.parse().ok()?, root };
        // One way to write it, and no line that nobody reads.
        (!origin.is_empty() && read.text() == text).then_some(read)
    }
}

/// Why a note is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is no checkpoint.
    #[error("this is no signed checkpoint")]
    Form,
    /// None of the signatures is of a key that is known.
    #[error("the checkpoint is signed by {signed}, and none of these keys is known here")]
    UnknownKey {
        /// Names and ids.
        signed: String,
    },
    /// A key that is known did not sign this.
    #[error("the signature of {key} is forged: the checkpoint is not what was signed")]
    Forged {
        /// Name and id.
        key: String,
    },
}

/// Signs how far the log of an org goes.
pub fn sign(key: &CheckpointKey, org: OrgId, size: u64, root: [u8; 32]) -> String {
    let key = key.of_log(org);
    let checkpoint = Checkpoint { origin: key.name().to_owned(), size, root };
    let text = checkpoint.text();
    let signature = [key.verifier().id().as_slice(), &key.sign(text.as_bytes())].concat();
    format!("{text}\n— {} {}\n", key.name(), BASE64.encode(&signature))
}

/// Reads a note and checks its signatures: at least one must be of a key that is known, and each
/// of those must be good. Signatures of others are passed over.
///
/// A key knows the checkpoints that begin with its own name, and those of every org of an
/// installation of that name.
///
/// # Errors
///
/// [`NoteError`].
pub fn open(note: &str, known: &[VerifierKey]) -> Result<(Checkpoint, VerifierKey), NoteError> {
    let (checkpoint, signatures) = read(note)?;
    let text = checkpoint.text();
    let mut signers = Vec::new();
    for signature in &signatures {
        let ours = known.iter().filter_map(|key| key.for_origin(&checkpoint.origin));
        let signer =
            ours.into_iter().find(|key| key.name() == signature.name && key.id() == signature.id);
        let Some(signer) = signer else { continue };
        if !signer.verifies(text.as_bytes(), &signature.bytes) {
            return Err(NoteError::Forged { key: signature.key() });
        }
        signers.push(signer);
    }
    match signers.into_iter().next() {
        Some(signer) => Ok((checkpoint, signer)),
        None => {
            let signed: Vec<String> = signatures.iter().map(Signed::key).collect();
            Err(NoteError::UnknownKey { signed: signed.join(", ") })
        }
    }
}

/// Reads a note and believes nothing of it.
///
/// # Errors
///
/// [`NoteError::Form`].
pub fn unverified(note: &str) -> Result<Checkpoint, NoteError> {
    read(note).map(|(checkpoint, _)| checkpoint)
}

/// One line below a note.
struct Signed {
    name: String,
    id: [u8; 4],
    bytes: [u8; 64],
}

impl Signed {
    fn read(line: &str) -> Option<Self> {
        let (name, text) = line.strip_prefix("— ")?.split_once(' ')?;
        let bytes = BASE64.decode(text.as_bytes()).ok()?;
        let (id, bytes) = bytes.split_at_checked(4)?;
        // Another kind of signature is longer; whoever knows it may check it.
        let bytes = bytes.try_into().unwrap_or([0; 64]);
        (!name.is_empty()).then_some(Self { name: name.to_owned(), id: id.try_into().ok()?, bytes })
    }

    fn key(&self) -> String {
        format!("{}+{}", self.name, HEXLOWER.encode(&self.id))
    }
}

fn read(note: &str) -> Result<(Checkpoint, Vec<Signed>), NoteError> {
    if note.len() > LONGEST {
        return Err(NoteError::Form);
    }
    let (text, signatures) = note.split_once("\n\n").ok_or(NoteError::Form)?;
    let checkpoint = Checkpoint::read(&format!("{text}\n")).ok_or(NoteError::Form)?;
    let lines = signatures.strip_suffix('\n').ok_or(NoteError::Form)?.split('\n');
    let signatures: Option<Vec<Signed>> = lines.map(Signed::read).collect();
    Ok((checkpoint, signatures.ok_or(NoteError::Form)?))
}

#[cfg(test)]
mod tests;
