import type { IncomingMessage } from "node:http";
import { DeskError } from "@/lib/errors";
import type { Desk } from "@/server/desk/desk";
import { findMedia, type MediaSource } from "@/server/desk/media";
import { createContext } from "./context";

/**
 * What an address of the desk's own stands for, on behalf of whoever is signed in.
 * @throws DeskError `signed_out`, `not_found`, `media_gone`.
 */
export async function openMedia(desk: Desk, request: IncomingMessage, token: string): Promise<MediaSource> {
  const { actor } = await createContext(desk, request);
  if (actor === null) throw new DeskError("signed_out");
  return await findMedia(desk, actor, token);
}
