import type { ChatSending } from "../api";
import type { Draft, Token } from "./draft";

/** The pieces of what was written: tokens that still stand in the text become what they stand for, the rest is text. */
export function toPieces({ text, tokens, reply }: Draft): ChatSending[] {
  const pieces: ChatSending[] = reply ? [{ type: "reply", messageId: reply.messageId }] : [];
  // The longest first: one name may begin with another.
  const known = Object.entries(tokens).sort(([a], [b]) => b.length - a.length);
  let rest = text.trim();
  let plain = "";
  const flush = () => {
    if (plain !== "") pieces.push({ type: "text", text: plain });
    plain = "";
  };
  while (rest !== "") {
    const found = known.find(([written]) => rest.startsWith(written));
    if (found) {
      flush();
      pieces.push(found[1]);
      rest = rest.slice(found[0].length);
    } else {
      const next = known.map(([written]) => rest.indexOf(written)).filter((at) => at > 0);
      const end = next.length === 0 ? rest.length : Math.min(...next);
      plain += rest.slice(0, end);
      rest = rest.slice(end);
    }
  }
  flush();
  return pieces;
}

/** The word being written behind an "@" at the caret; null: none. */
export function mentionAt(text: string, caret: number): { from: number; words: string } | null {
  const found = /(?:^|[\s\p{P}])@([^\s@]{0,32})$/u.exec(text.slice(0, caret));
  const words = found?.[1];
  return words === undefined ? null : { from: caret - words.length - 1, words };
}

/** How a token is written, told apart from another of the same name. */
export function nameToken(wanted: string, token: Token, tokens: Draft["tokens"]): string {
  const isSame = (other: Token | undefined) => other === undefined || JSON.stringify(other) === JSON.stringify(token);
  let written = wanted;
  for (let number = 2; !isSame(tokens[written]); number += 1) written = `${wanted}#${number}`;
  return written;
}
