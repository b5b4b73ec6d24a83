const named =
  /(token|authorization|password|passwd|secret|cookie|credential|skey|clientkey)("?\s*[:=]\s*"?(?:Bearer\s+)?)[^",;&}\s]+/gi;

/** The first 200 characters of something that could not be read, for a log, without the secrets it may hold. */
export function excerpt(text: string, secrets: readonly string[]): string {
  // Cut twice: generously first, so that no secret is halved and half of it shown.
  let shown = text.slice(0, 4096);
  for (const secret of secrets) if (secret !== "") shown = shown.replaceAll(secret, "[redacted]");
  return shown.replace(named, "$1$2[redacted]").slice(0, 200).toWellFormed();
}
