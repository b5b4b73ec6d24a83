/**
 * The rows of a CSV as RFC 4180 describes it: fields of any characters in quotes, where two quotes are one, else up to a
 * comma or a line's end (CRLF). Written apart from what makes the files, character by character. Throws on a broken one.
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = "";
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        if (at >= text.length) throw new Error("a quoted field has no end");
        const character = text[at] ?? "";
        if (character !== '"') field += character;
        else if (text[at + 1] === '"') {
          field += '"';
          at += 1;
        } else break;
        at += 1;
      }
      at += 1;
    } else {
      while (at < text.length && text[at] !== "," && text[at] !== "\r" && text[at] !== "\n") {
        if (text[at] === '"') throw new Error("a quote inside a field without quotes");
        field += text[at];
        at += 1;
      }
    }
    row.push(field);
    if (text[at] === ",") {
      at += 1;
      // A comma at the very end of a text promises one more field.
      if (at === text.length) row.push("");
    } else if (text.startsWith("\r\n", at)) {
      at += 2;
      rows.push(row);
      row = [];
    } else if (at < text.length) throw new Error(`not the end of a field: ${JSON.stringify(text.slice(at, at + 5))}`);
  }
  if (row.length > 0) rows.push(row);
  return rows;
}
