/** Characters by which a stranger's name could look like something else: controls, and what turns the direction of text. */
const deceptive = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu;

/**
 * A text of strangers as one honest line of at most `length`: whoever calls themselves a line break, a right-to-left
 * override or U+0000 is shown with U+FFFD in its place, and can neither forge a line of the record nor make its writing fail.
 */
export function toLine(text: string, length: number): string {
  return text.slice(0, length).replace(deceptive, "\uFFFD").toWellFormed();
}

/** The same for a text that may have several lines. */
export function toLines(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(deceptive, (character) => (character === "\n" || character === "\t" ? character : "\uFFFD"))
    .toWellFormed();
}
