import type { Clock } from "@/server/platforms/clock";
import { Circuit } from "./circuit";
import type { Truths } from "./truth";

/** The circuit of one bot, which tells the bot's log: an outage of a night is one line and not a hundred. */
export function createBotCircuit(options: {
  botId: string;
  truths: Pick<Truths, "note">;
  clock: Clock | undefined;
  look: () => Promise<unknown>;
  recovered: () => void;
}): Circuit {
  const { botId, truths, clock, look, recovered } = options;
  let isTold = false;
  return new Circuit({
    look,
    opened: ({ error, seconds }) => {
      if (!isTold) truths.note(botId, "error", "circuit_opened", { error, seconds });
      isTold = true;
    },
    closed: () => {
      isTold = false;
      truths.note(botId, "info", "circuit_closed");
      recovered();
    },
    clock,
  });
}
