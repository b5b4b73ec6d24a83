/** A stretch of text: plain, or an address that can be followed. */
export interface Stretch {
  text: string;
  href: string | null;
}

/** Only what says http or https itself; up to white space or a sign that no address holds. */
const address = /https?:\/\/[^\s<>"'`“”‘’（）【】《》「」，。；！？、\p{Cc}\p{Cf}]+/giu;
/** Signs that end a sentence rather than an address. */
const trailing = /[.,;:!?…]+$/;

/** Cuts a text into what is plain and what is an address. Joined together they are the text again. */
export function toStretches(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const found = balance(match[0].replace(trailing, ""));
    const href = toHref(found);
    if (href === null) continue;
    if (match.index > from) stretches.push({ text: text.slice(from, match.index), href: null });
    stretches.push({ text: found, href });
    from = match.index + found.length;
  }
  if (from < text.length) stretches.push({ text: text.slice(from), href: null });
  return stretches;
}

/** A bracket that the address did not open belongs to the sentence around it. */
function balance(found: string): string {
  const opened = found.split("(").length - 1;
  const closed = found.split(")").length - 1;
  return closed > opened && found.endsWith(")") ? found.slice(0, -1).replace(trailing, "") : found;
}

function toHref(found: string): string | null {
  try {
    const { protocol, href, hostname } = new URL(found);
    return (protocol === "http:" || protocol === "https:") && hostname !== "" ? href : null;
  } catch {
    return null;
  }
}
