import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { href } from "@/lib/href";
import { type Napcat, start as startNapcat } from "../simulators/napcat";
import { changeCard } from "../simulators/napcat/deed";
import { DeskServer } from "./desk-server";
import type { Stage } from "./stage";

/** A page that is open all day, with what happens on it. */
export interface Scene {
  name: string;
  path(ground: Ground): Promise<string>;
  /** Finds what stands for a row. */
  row: string;
  /** Something happens that the page shows. */
  happen(ground: Ground, number: number): Promise<unknown>;
  /** Somebody does something that must answer at once. */
  use(page: Page, turn: number): Promise<void>;
}

/** Rows of each page when it is opened. */
const stored = 300;
/** What happens while other things are still under way, at most. */
const atOnce = 8;
/** A group as large as they get, and who speaks in it. */
const crowd = { groupId: "500001", members: 10_000, first: 60_000_000 };
let persons = 40_000_000;

/** A whole desk with a bot on a simulator, and an owner who is signed in. */
export class Ground {
  private constructor(
    readonly server: DeskServer,
    readonly napcat: Napcat,
    readonly cookie: string,
    readonly botId: string,
  ) {}

  static async lay(stage: Stage): Promise<Ground> {
    const napcat = await startNapcat();
    stage.own(() => napcat.close());
    const server = await DeskServer.start(stage);
    const cookie = await server.seat("owner");
    const { id } = await server.api(cookie).bots.create.mutate({
      ...{ name: "Front door", platform: "napcat", token: napcat.token },
      connection: { transport: "forward", wsUrl: napcat.wsUrl },
    });
    await napcat.connected("forward");
    const ground = new Ground(server, napcat, cookie, id);
    const members = Array.from({ length: crowd.members }, (_, at) => {
      const userId = String(crowd.first + at);
      return { userId, nickname: `Member ${userId}`, card: at % 3 === 0 ? `Card ${at}` : "", level: at % 100 };
    });
    napcat.world.addGroup({ groupId: crowd.groupId, groupName: "The crowd", maxMembers: 20_000 }, members);
    for (let count = 0; count < stored; count += 1) ground.arrive();
    await server.stored(stored);
    return ground;
  }

  api() {
    return this.server.api(this.cookie);
  }

  /** Somebody asks to be let in. */
  arrive(): void {
    persons += 1;
    const userId = String(persons);
    this.napcat.inbox.arriveFriend({ userId, nickname: `Person ${userId}`, comment: "Let me in", second: persons });
  }

  /** Somebody of the crowd says something. */
  say(number: number): void {
    this.napcat.world.say(String(crowd.first + (number % 40)), words(number), crowd.groupId);
  }

  /** @param aSecond null: as fast as they are taken. */
  async stir(scene: Scene, count: number, aSecond: number | null): Promise<void> {
    const startedAt = performance.now();
    const under = new Set<Promise<unknown>>();
    for (let number = 0; number < count; number += 1) {
      const happening = scene.happen(this, number).finally(() => under.delete(happening));
      under.add(happening);
      if (under.size >= atOnce) await Promise.race(under);
      if (aSecond === null) continue;
      const early = startedAt + (number * 1_000) / aSecond - performance.now();
      if (early > 0) await pause(early);
    }
    await Promise.all(under);
  }
}

/** Arrow keys and a click go where a person's would. */
async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
}

export const scenes: readonly Scene[] = [
  {
    name: "queue",
    path: async () => "/requests",
    row: "main [data-id] a",
    happen: async (ground) => ground.arrive(),
    use: (page, turn) => press(page, turn % 8 < 4 ? "j" : "k"),
  },
  {
    name: "record",
    path: async () => "/audit",
    row: "main tbody a",
    happen: (ground, number) => ground.api().preferences.set.mutate({ patch: { claimOnOpen: number % 2 === 0 } }),
    use: async (page) => {
      const drawer = page.getByRole("dialog");
      await page.locator("main tbody a").first().click();
      await drawer.waitFor();
      await press(page, "Escape");
      await drawer.waitFor({ state: "detached" });
    },
  },
  {
    name: "group of 10,000",
    path: async (ground) => {
      const address = { botId: ground.botId, groupId: crowd.groupId };
      // What the desk has read once it keeps.
      const page = () => ground.api().members.page.query({ ...address, limit: 1 });
      while ((await page()).total < crowd.members) await pause(100);
      return href.group(address.botId, address.groupId, { tab: "members" });
    },
    row: "main [role=row][data-index] button",
    happen: async (ground, number) => {
      const group = ground.napcat.world.groups.get(crowd.groupId);
      const member = group?.members.get(String(crowd.first + (number % 40)));
      if (group && member) changeCard(ground.napcat.world, group, member, `Card now ${number}`);
    },
    use: (page, turn) => press(page, turn === 0 ? "Tab" : turn % 20 < 10 ? "ArrowDown" : "ArrowUp"),
  },
  {
    name: "chat",
    path: async (ground) => {
      for (let count = 0; count < stored; count += 1) ground.say(count);
      const { id } = await ground.api().chats.find.query({ botId: ground.botId, to: "group", peerId: crowd.groupId });
      await ground.server.said(stored);
      return href.chats({ open: id });
    },
    row: "main article",
    happen: async (ground, number) => ground.say(stored + number),
    use: async (page, turn) => {
      const field = page.getByRole("textbox", { name: /^Message to/ });
      if (turn === 0) await field.focus();
      await press(page, turn % 60 < 40 ? "m" : "Backspace");
    },
  },
];

function words(number: number): string {
  return `Number ${number}, said to everybody`;
}
