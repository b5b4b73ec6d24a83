import type { Napcat } from "../simulators/napcat";
import { Visitor } from "../simulators/visitor";
import type { Person } from "./operator";
import type { Scale } from "./scale";
import type { Server } from "./server";

/**
 * Fills an empty desk by its public API: the owner by set-up, the others by invite, the simulator as a bot.
 * @returns the operators, who have yet to sign in.
 */
export async function seat(scale: Scale, server: Server, napcat: Napcat): Promise<Person[]> {
  const owner = toPerson("owner", "Owner");
  const operators = Array.from({ length: scale.operators }, (_, index) =>
    toPerson(`operator-${index + 1}`, `Operator ${index + 1}`),
  );
  const first = new Visitor(server.url);
  await first.api.setup.create.mutate({ token: server.setupToken, ...owner });
  await first.signIn(owner.email, owner.password);
  await first.api.preferences.set.mutate({ patch: { undoSeconds: scale.undoSeconds } });
  for (const person of operators) {
    const invite = await first.api.invites.create.mutate({ role: "moderator", botId: null, label: "", hours: 1 });
    const token = new URL(invite.url).pathname.split("/").at(-1) ?? "";
    await new Visitor(server.url).api.invite.accept.mutate({ token, ...person });
  }
  await first.api.bots.create.mutate({
    name: "Doorkeeper",
    platform: "napcat",
    connection: { transport: "forward", wsUrl: napcat.wsUrl },
    token: napcat.token,
    writeGapMs: scale.writeGapMs,
  });
  return operators;
}

function toPerson(who: string, name: string): Person {
  return { name, email: `${who}@desk.example`, password: "plum-kettle-orbit-91" };
}
