import type { IncomingMessage } from "node:http";
import { fileCallPath, maximumFile, maximumUpload, uploadPath } from "@/lib/file";

/** The largest body anybody may send us, bytes. */
export const maximumBody = 1024 * 1024;

/** A call that carries a file: as base64 a third longer than it is, and its wrapping. Bytes. */
export const maximumFileBody = Math.ceil((maximumFile * 4) / 3) + 64 * 1024;

/** The limit for a path. Whether whoever asks may send so much is the API's to tell, before it reads. */
export function bodyLimit(path: string): number {
  if (path === uploadPath) return maximumUpload;
  return path === fileCallPath ? maximumFileBody : maximumBody;
}

/** Does the request announce a body over the limit? */
export function isAnnouncedTooLarge(request: IncomingMessage, limit: number = maximumBody): boolean {
  return Number(request.headers["content-length"] ?? 0) > limit;
}

/**
 * Counts a body that does not announce its size while others read it. A listener for its data would start the stream
 * before the handler reads, so the count sits where the parser puts the bytes in.
 */
export function limitBody(request: IncomingMessage, limit: number, onTooLarge: () => void): void {
  let size = 0;
  const push = request.push.bind(request);
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk instanceof Uint8Array) size += chunk.byteLength;
    if (size <= limit) return push(chunk, encoding);
    request.push = () => false;
    onTooLarge();
    return false;
  };
}

/** Reads a whole body. Null when it is over the limit; the rest is then not read. Rejects when the client goes away. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (isAnnouncedTooLarge(request)) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  // Ending a plain loop early would destroy the socket, and with it the way for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    // Without an encoding set, a request's stream gives buffers.
    const bytes = chunk as Buffer;
    size += bytes.byteLength;
    if (size > maximumBody) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
