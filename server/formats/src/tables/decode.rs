//! Which alphabet a text is in, and the text itself, piece by piece: a table of fifty megabytes is never held whole.

use std::io::{self, Read, Seek};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

const PIECE_BYTES: usize = 16 * 1_024;
/// How much is looked at for the zeros of UTF-16.
const HEAD_BYTES: usize = 4 * 1_024;

/// By its mark; else by what it holds: UTF-16 has zeros, UTF-8 has its own order of bytes. What is neither was saved by
/// a Windows of our part of the world. The source is left at its beginning.
pub fn encoding_of(source: &mut (impl Read + Seek)) -> io::Result<&'static Encoding> {
    source.rewind()?;
    let mut head = Vec::new();
    source.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    source.rewind()?;
    if let Some((marked, _)) = Encoding::for_bom(&head) {
        return Ok(marked);
    }
    if let Some(wide) = wide(&head) {
        return Ok(wide);
    }
    let mut text = Decoded::new(&mut *source, UTF_8);
    io::copy(&mut text, &mut io::sink())?;
    let broken = text.broken;
    source.rewind()?;
    Ok(if broken { WINDOWS_1251 } else { UTF_8 })
}

/// UTF-16 without a mark: the delimiters, digits and line ends of any table have a zero for their other half.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = (even + odd) * 20 > head.len();
    many.then_some(if odd >= even { UTF_16LE } else { UTF_16BE })
}

/// The text as UTF-8, without its mark, each line ended by `\n`, the last one too.
pub struct Decoded<R> {
    source: R,
    decoder: Decoder,
    text: Vec<u8>,
    /// How much of the text was given out.
    given: usize,
    ended: bool,
    /// Something in it was not of its alphabet.
    broken: bool,
    after_return: bool,
    last: u8,
}

impl<R: Read> Decoded<R> {
    pub fn new(source: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self {
            source,
            decoder,
            text: Vec::new(),
            given: 0,
            ended: false,
            broken: false,
            after_return: false,
            last: b'\n',
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut piece = [0; PIECE_BYTES];
        let read = self.source.read(&mut piece)?;
        self.ended = read == 0;
        let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(PIECE_BYTES);
        self.text.resize(room, 0);
        let (_, _, written, broken) = self.decoder.decode_to_utf8(&piece[..read], &mut self.text, self.ended);
        self.text.truncate(written);
        self.given = 0;
        self.broken |= broken;
        self.even_line_ends();
        Ok(())
    }

    /// Windows, old Macintoshes and the rest end their lines differently; a mixture comes of joining files.
    fn even_line_ends(&mut self) {
        let mut after_return = self.after_return;
        self.text.retain_mut(|byte| {
            let second_half = after_return && *byte == b'\n';
            after_return = *byte == b'\r';
            if after_return {
                *byte = b'\n';
            }
            !second_half
        });
        self.after_return = after_return;
        self.last = self.text.last().copied().unwrap_or(self.last);
        if self.ended && self.last != b'\n' {
            self.text.push(b'\n');
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.refill()?;
        }
        let given = (&self.text[self.given..]).read(out)?;
        self.given += given;
        Ok(given)
    }
}
