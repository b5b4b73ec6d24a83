import { type Actor, can, canSomewhere } from "@/lib/actor";
import type { Fact, LiveEvent } from "@/lib/live";
import type { Bus } from "@/server/db/bus";
import type { Place } from "@/server/desk/place";

/** May this operator hear that this changed? The fact carries no data, but that something happened is data too. */
export function hears(actor: Actor, fact: Fact): boolean {
  switch (fact.topic) {
    case "request":
      return can(actor, "requests.view", fact.botId);
    case "bot":
      return can(actor, "bots.view", fact.botId);
    case "audit":
      return can(actor, "audit.view", fact.botId);
    case "operator":
      return fact.id === actor.id || can(actor, "operators.view", null);
    case "session":
      return fact.id === actor.sessionId;
    case "setting":
      return actor.kind === "operator";
    case "roster":
      return can(actor, "groups.view", fact.botId) || can(actor, "friends.view", fact.botId);
    case "shelf":
      return can(actor, "files.view", fact.botId) || can(actor, "groups.view", fact.botId);
    case "conversation":
      return can(actor, "messages.view", fact.botId);
    case "task":
      return can(actor, "members.view", fact.botId);
    case "person":
      return can(actor, "requests.view", fact.botId);
    case "view":
      return actor.kind === "operator";
    case "presence":
    case "batch":
      return canSomewhere(actor, "requests.view");
    case "decision":
      return false;
  }
}

/** How often a stream asks again whether its session still stands, ms. Revoking also tells it at once. */
const recheckMs = 20_000;

/** A stream that fell this far behind is told to read everything again instead of every single fact. */
const maximumWaiting = 1_000;

/** A stream that ends early when its owner opens too many: `open` is given the signal that says so, or that all is over. */
export async function* inPlace<T>(
  place: Place,
  signal: AbortSignal,
  open: (signal: AbortSignal) => AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  try {
    yield* open(AbortSignal.any([signal, place.signal]));
  } finally {
    place.leave();
  }
}

/**
 * What the desk tells one browser until it leaves or its session ends. The first event is `resync`: the subscription
 * stands before it is sent, so that whoever reads everything then has no gap. Who says since when facts are wanted is
 * told those instead, as long as they are remembered and none of them was about the account or session itself.
 * @param authenticate reads the session again; null ends the stream.
 * @param enter notes that the browser is there; answers what notes that it left. Neither throws.
 * @param since a position of the bus, read before what the browser shows was.
 */
export async function* live(
  bus: Pick<Bus, "subscribe" | "since">,
  first: Actor,
  authenticate: () => Promise<Actor | null>,
  signal: AbortSignal,
  enter: () => Promise<() => void> = async () => () => undefined,
  since?: string,
): AsyncGenerator<LiveEvent, void> {
  let actor = first;
  let waiting = toldSince(bus, first, since);
  let isDoubtful = false;
  let wake: () => void = () => {};
  const push = (event: LiveEvent) => {
    if (waiting.length >= maximumWaiting) waiting = [{ type: "resync" }];
    else waiting.push(event);
    wake();
  };
  const doubt = () => {
    isDoubtful = true;
    wake();
  };
  const unsubscribe = bus.subscribe(
    (fact) => {
      // Of their own account and session the stream must know before anything else is let through.
      if (isAboutSelf(actor, fact)) doubt();
      if (hears(actor, fact)) push({ type: "fact", fact });
    },
    () => {
      // What was missed may have been that this very session is over.
      isDoubtful = true;
      push({ type: "resync" });
    },
  );
  const timer = setInterval(doubt, recheckMs);
  const leave = () => wake();
  signal.addEventListener("abort", leave);
  let isGone: () => void = () => undefined;
  try {
    isGone = await enter();
    while (!signal.aborted) {
      if (isDoubtful) {
        isDoubtful = false;
        const now = await authenticate();
        if (!now) return;
        // Other grants show other data: the browser has to read everything again.
        if (JSON.stringify(now.grants) !== JSON.stringify(actor.grants)) waiting = [{ type: "resync" }];
        actor = now;
      }
      const batch = waiting;
      waiting = [];
      for (const [at, event] of batch.entries()) {
        yield event;
        // Doubt that came up meanwhile holds back the rest: it was let through for who the operator was before.
        if (isDoubtful) {
          waiting = [...batch.slice(at + 1), ...waiting];
          break;
        }
      }
      if (waiting.length > 0 || isDoubtful || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        // Between the check above and this line nothing ran, but an abort listener set earlier has already fired.
        if (signal.aborted) resolve();
      });
    }
  } finally {
    isGone();
    clearInterval(timer);
    unsubscribe();
    signal.removeEventListener("abort", leave);
  }
}

function toldSince(bus: Pick<Bus, "since">, actor: Actor, since: string | undefined): LiveEvent[] {
  const told = since === undefined ? null : bus.since(since);
  // Other grants show other data.
  if (told === null || told.some((fact) => isAboutSelf(actor, fact))) return [{ type: "resync" }];
  return told.filter((fact) => hears(actor, fact)).map((fact) => ({ type: "fact", fact }));
}

function isAboutSelf(actor: Actor, { topic, id }: Fact): boolean {
  return (topic === "operator" && id === actor.id) || (topic === "session" && id === actor.sessionId);
}
