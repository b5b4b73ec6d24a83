import type { ChatSending } from "../api";
import type { Attached } from "./attach";
import type { Draft, Token } from "./draft";
import type { Content } from "./outbox";

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

/**
 * What is sent of what was written and attached: the words, then each file as a message of its own. What is answered goes
 * with the words, without any with the first picture; a file answers nothing, for QQ sends it apart from all else.
 */
export function toContents(draft: Draft, tray: readonly Attached[]): Content[] {
  const pieces = toPieces(draft);
  const hasWords = pieces.some(({ type }) => type !== "reply");
  const picture = hasWords ? undefined : tray.find(({ type }) => type === "image");
  return [
    ...(hasWords ? [{ pieces, attached: null }] : []),
    ...tray.map((attached) => ({ pieces: attached === picture ? pieces : [], attached })),
  ];
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
