//! A workbook around a sheet.

use std::io::{Cursor, Write};
use std::panic;

use formats::tables::{Row, Unreadable};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::rows;

const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// `data` is the sheet, its strings and its styles, with a NUL between.
pub fn of(data: &[u8]) -> ZipResult<Vec<u8>> {
    let mut parts = data.splitn(3, |byte| *byte == 0);
    let mut book = ZipWriter::new(Cursor::new(Vec::new()));
    let files = [
        ("_rels/.rels", Some(PACKAGE.as_bytes())),
        ("xl/workbook.xml", Some(BOOK.as_bytes())),
        ("xl/_rels/workbook.xml.rels", Some(RELATIONS.as_bytes())),
        ("xl/worksheets/sheet1.xml", parts.next()),
        ("xl/sharedStrings.xml", parts.next()),
        ("xl/styles.xml", parts.next()),
    ];
    for (name, contents) in files {
        let Some(contents) = contents else { continue };
        book.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
        book.write_all(contents)?;
    }
    Ok(book.finish()?.into_inner())
}

/// As the server reads it: what makes the library stumble is no table, and no reason to fall. So it is only the rows that
/// are judged here.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    let loud = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let done = panic::catch_unwind(|| rows::read(bytes));
    panic::set_hook(loud);
    done.unwrap_or(Err(Unreadable::NotATable))
}
