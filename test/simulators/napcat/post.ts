import { createHmac } from "node:crypto";
import type { Event } from "./event";
import { Watch } from "./watch";
import { asObject, stringify } from "./wire";

/** One event handed to the other side by HTTP, and what it said. `status` null: it could not be reached. */
export interface Post {
  event: Event;
  status: number | null;
  body: string;
}

/** NapCat's signature of a posted body: HMAC-SHA1 over the raw bytes, keyed with the token. */
export function sign(secret: string, body: string | Buffer): string {
  return `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`;
}

/** Posts events to one address. Each is sent once, on its own, in no promised order: NapCat neither queues nor repeats. */
export class Poster {
  /** Finished posts, in the order they finished. */
  readonly done: Post[] = [];
  /** The key of the signature; "" sends none. */
  secret: string;
  private readonly ending = new AbortController();
  private readonly watch = new Watch();

  constructor(
    private readonly url: string,
    secret: string,
    private readonly selfId: () => string,
    /** What the other side's answer asks to be done with the event. */
    private readonly quickOperate: (event: Event, operation: Record<string, unknown>) => void,
  ) {
    this.secret = secret;
  }

  async post(event: Event): Promise<void> {
    const post = await this.send(event);
    this.done.push(post);
    this.watch.touch();
    const operation = asObject(parse(post.body));
    if (operation) this.quickOperate(event, operation);
  }

  /** Waits until `count` posts have been answered or have failed. */
  async wait(count: number): Promise<Post> {
    return this.watch.until(`post ${count}`, () => this.done[count - 1]);
  }

  close(): void {
    this.ending.abort();
    this.watch.close();
  }

  private async send(event: Event): Promise<Post> {
    const body = stringify(event);
    const headers: Record<string, string> = { "content-type": "application/json", "x-self-id": this.selfId() };
    if (this.secret !== "") headers["x-signature"] = sign(this.secret, body);
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        headers,
        body,
        redirect: "manual",
        signal: this.ending.signal,
      });
      return { event, status: answer.status, body: await answer.text() };
    } catch {
      return { event, status: null, body: "" };
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
