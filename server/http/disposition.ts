/**
 * The header that says how a file is called. What the header's grammar has no room for goes in percent signs (RFC 8187),
 * with a plain name beside it for whoever does not read that.
 */
export function toDisposition(how: "inline" | "attachment", name: string | null): string {
  if (!name) return how;
  const plain = name.replace(/[^\w. ()-]/g, "_").slice(0, 150);
  const coded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${coded}`;
}
