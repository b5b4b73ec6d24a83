/** In an address's query or fragment, and in front of its host. Bounded, so that no text is slow to look through. */
const secretQuery =
  /([?&;#][\w.-]{0,40}(?:pass|token|secret|credential|api_?key|signature|rkey)[\w.-]{0,40}=)[^&;#\s"']+/gi;
const userInfo = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^/?#\s@]*@/gi;
const inviteToken = /(\/invite\/)[\w-]{16,}/g;

/** A text without the secrets that stand in its addresses: what an operator typed, what an exception says. */
export function withoutSecrets(text: string): string {
  return text
    .replace(userInfo, "$1[redacted]@")
    .replace(secretQuery, "$1[redacted]")
    .replace(inviteToken, "$1[redacted]");
}
