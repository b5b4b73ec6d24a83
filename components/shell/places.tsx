"use client";

import {
  IconFriends,
  IconHistory,
  IconInbox,
  IconLayoutDashboard,
  IconMessages,
  IconRobot,
  IconSettings,
  IconTerminal2,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { href } from "@/lib/href";
import type { Permission } from "@/lib/permissions";
import type { SessionInfo } from "../api";
import { hasSomewhere } from "./access";
import { UnreadCount } from "./unread-count";
import { WaitingCount } from "./waiting-count";

/** Daily work, then what stands behind it, then what is one's own and the desk's. A thin gap between. */
export type PlaceKind = "work" | "behind" | "desk";

export interface Place {
  /** Also its name in the catalogues, under `navigation`. */
  name:
    | "overview"
    | "requests"
    | "groups"
    | "chats"
    | "friends"
    | "bots"
    | "audit"
    | "console"
    | "operators"
    | "settings"
    | "account";
  to: string;
  icon: ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: "true" }>;
  /** Held anywhere, it lets one in. */
  permission: Permission;
  kind: PlaceKind;
  /** On a phone the four lowest stand in the bar, the others behind "more". */
  rank: number;
  /** What waits there, beside its name. Draws nothing when nothing does. */
  count?: ComponentType;
}

/** Every place of the desk, in the order of the column. A new page is one line here and its name in both catalogues. */
export const places: readonly Place[] = [
  { name: "overview", to: href.home(), icon: IconLayoutDashboard, permission: "requests.view", kind: "work", rank: 4 },
  {
    name: "requests",
    to: href.requests(),
    icon: IconInbox,
    permission: "requests.view",
    kind: "work",
    rank: 1,
    count: WaitingCount,
  },
  { name: "groups", to: href.groups(), icon: IconUsersGroup, permission: "groups.view", kind: "work", rank: 2 },
  {
    name: "chats",
    to: href.chats(),
    icon: IconMessages,
    permission: "messages.view",
    kind: "work",
    rank: 3,
    count: UnreadCount,
  },
  { name: "friends", to: href.friends(), icon: IconFriends, permission: "friends.view", kind: "work", rank: 4 },
  { name: "bots", to: href.bots(), icon: IconRobot, permission: "bots.view", kind: "work", rank: 5 },
  { name: "audit", to: href.audit(), icon: IconHistory, permission: "audit.view", kind: "behind", rank: 6 },
  { name: "console", to: href.console(), icon: IconTerminal2, permission: "bots.view", kind: "behind", rank: 8 },
  { name: "operators", to: href.operators(), icon: IconUsers, permission: "operators.view", kind: "desk", rank: 7 },
  { name: "settings", to: href.settings(), icon: IconSettings, permission: "desk.manage", kind: "desk", rank: 9 },
  { name: "account", to: href.account(), icon: IconUserCircle, permission: "account.self", kind: "desk", rank: 10 },
];

const barSize = 4;

/** The places this operator can go to, and which of them stand in a phone's bar. */
export function placesOf(session: SessionInfo | null | undefined): { open: Place[]; bar: ReadonlySet<Place> } {
  const open = places.filter(({ permission }) => hasSomewhere(session, permission));
  return { open, bar: new Set([...open].sort((a, b) => a.rank - b.rank).slice(0, barSize)) };
}

/** Is the page at `path` part of a place? The overview is one page; the others have pages below them. */
export function isAt(path: string, { to }: Pick<Place, "to">): boolean {
  return path === to || (to !== "/" && path.startsWith(`${to}/`));
}
