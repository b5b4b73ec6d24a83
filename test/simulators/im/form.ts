import type { IncomingMessage } from "node:http";

export type Fields = readonly (readonly [string, string])[];

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/**
 * What a Go server reads: the query for GET; for the rest a multipart body, and a urlencoded one except on DELETE. Null:
 * a body of a type it does not take (415).
 */
export async function readFields(request: IncomingMessage, query: URLSearchParams): Promise<Fields | null> {
  const body = await bodyOf(request);
  if (request.method === "GET") return [...query];
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("application/x-www-form-urlencoded"))
    return request.method === "DELETE" ? [] : [...new URLSearchParams(body.toString("utf8"))];
  if (!type.startsWith("multipart/form-data")) return null;
  // Node's own reader, so that our writer is judged by somebody else.
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  return [...form].map(([name, value]) => [name, typeof value === "string" ? value : ""] as const);
}
