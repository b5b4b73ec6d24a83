import { type UploadUse, uploadPath } from "@/lib/file";
import { type Failure, toFailure } from "./failure-shape";

/** What was taken in; `id` is what an act names it by. */
export interface Uploaded {
  id: string;
  name: string;
  size: number;
}

/** Thrown by `upload`, with what to tell of it. */
export class UploadError extends Error {
  override readonly name = "UploadError";
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/**
 * Brings a file to the desk for an act that follows. `onProgress` is told the part that has gone out, 0 to 1. Rejects with
 * UploadError, code `aborted` when `signal` is.
 */
export function upload(
  file: File,
  { botId, use, signal, onProgress }: UploadTo & { signal: AbortSignal; onProgress?: (part: number) => void },
): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    // fetch does not tell how much has gone out.
    const call = new XMLHttpRequest();
    const stop = () => call.abort();
    const fail = (error: unknown) => reject(new UploadError(toFailure(error)));
    const nothing = { detail: {}, fields: {}, correlationId: null };
    signal.addEventListener("abort", stop, { once: true });
    call.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    call.onabort = () => reject(new UploadError({ code: "aborted", ...nothing }));
    call.onerror = () => fail(null);
    call.onload = () => {
      const body: unknown = call.response;
      // server/http/reply.ts: what was refused has the shape of an error of the API.
      if (call.status !== 200) return fail((body as { error?: { json?: unknown } } | null)?.error?.json);
      // server/http/upload.ts answers with these three.
      resolve(body as Uploaded);
    };
    call.onloadend = () => signal.removeEventListener("abort", stop);
    call.open("POST", `${uploadPath}?${new URLSearchParams({ botId, use, name: file.name })}`);
    call.responseType = "json";
    call.setRequestHeader("content-type", "application/octet-stream");
    if (signal.aborted) stop();
    call.send(file);
  });
}

export interface UploadTo {
  botId: string;
  use: UploadUse;
}
