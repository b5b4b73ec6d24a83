import { WebSocket } from "ws";
import type { Napcat } from "./napcat";

/** One socket whose frames are read in order, however early they came. */
export class Line {
  private readonly frames: string[] = [];
  private readonly waiting: ((text: string) => void)[] = [];

  constructor(readonly socket: WebSocket) {
    socket.on("message", (data) => {
      const take = this.waiting.shift();
      if (take) take(data.toString());
      else this.frames.push(data.toString());
    });
  }

  nextText(): Promise<string> {
    const text = this.frames.shift();
    if (text !== undefined) return Promise.resolve(text);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  async next(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.nextText());
  }
}

/** Opens a forward WebSocket to the simulator, with its token. */
export async function openLine(napcat: Napcat, path: string): Promise<Line> {
  const socket = new WebSocket(`${napcat.wsUrl}${path}`, { headers: { authorization: `Bearer ${napcat.token}` } });
  const line = new Line(socket);
  await new Promise((resolve) => socket.once("open", resolve));
  return line;
}

/** Calls an action over HTTP and answers the response as it is. */
export function postAction(napcat: Napcat, action: string, params: object, token = napcat.token): Promise<Response> {
  return fetch(`${napcat.httpUrl}/${action}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(params),
  });
}

/** Calls an action over HTTP and answers the envelope. */
export async function callAction(napcat: Napcat, action: string, params: object): Promise<Record<string, unknown>> {
  // Whatever it holds is what the test asserts.
  return (await (await postAction(napcat, action, params)).json()) as Record<string, unknown>;
}
