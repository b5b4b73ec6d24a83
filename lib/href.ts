/** Every address of the desk. Components link through these, so a moved page is found by the compiler. */

type Query = Record<string, string | null | undefined>;

/** Appends the parameters that have a value, in the order given. */
function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, value);
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

export interface RequestsQuery {
  kind?: string | null;
  bot?: string | null;
  group?: string | null;
  state?: string | null;
  text?: string | null;
  /** Who works on it: me, nobody, others, or an operator's id. */
  holder?: string | null;
  /** Arrived longer ago than this. */
  age?: string | null;
  /** `later`: what is set aside until a time; `all`: that too. */
  set?: string | null;
  /** The request shown in the detail pane. */
  open?: string | null;
}

export interface AuditQuery {
  actor?: string | null;
  action?: string | null;
  outcome?: string | null;
  bot?: string | null;
  group?: string | null;
  person?: string | null;
  risk?: string | null;
  from?: string | null;
  to?: string | null;
  text?: string | null;
  /** The event shown in the drawer. */
  open?: string | null;
  /** "on": new events are shown as they come. */
  tail?: string | null;
}

export interface GroupsQuery {
  bot?: string | null;
  text?: string | null;
  /** Our own role: owner, admin, member. */
  role?: string | null;
  sort?: string | null;
}

export interface GroupQuery {
  /** Which part is shown; the summary without it. */
  tab?: string | null;
  text?: string | null;
  role?: string | null;
  sort?: string | null;
  /** Members who joined or spoke within a time: `joined-7`, `silent-30`. */
  when?: string | null;
  /** The member shown in the drawer. */
  open?: string | null;
  /** The folder of its files that is open, by the platform's own id. */
  folder?: string | null;
}

export interface FriendsQuery {
  bot?: string | null;
  text?: string | null;
  category?: string | null;
  label?: string | null;
  /** friends (without it), blocked, oneWay, nearby. */
  list?: string | null;
  sort?: string | null;
  /** `<bot>/<person>`: the one shown in the drawer. */
  open?: string | null;
}

export interface ChatsQuery {
  bot?: string | null;
  text?: string | null;
  /** "on": only those with something nobody has read. */
  unread?: string | null;
  /** The conversation shown, by the desk's own id. */
  open?: string | null;
  /** The message in it that is shown, by the desk's own id. */
  at?: string | null;
}

export const href = {
  home: () => "/",
  setup: () => "/setup",
  signIn: (query: { next?: string | null } = {}) => withQuery("/sign-in", query),
  invite: (token: string) => `/invite/${encodeURIComponent(token)}`,
  requests: (query: RequestsQuery = {}) =>
    withQuery("/requests", {
      state: query.state,
      kind: query.kind,
      bot: query.bot,
      group: query.group,
      text: query.text,
      holder: query.holder,
      age: query.age,
      set: query.set,
      open: query.open,
    }),
  groups: (query: GroupsQuery = {}) =>
    withQuery("/groups", { bot: query.bot, text: query.text, role: query.role, sort: query.sort }),
  /** @param groupId the platform's own id. */
  group: (botId: string, groupId: string, query: GroupQuery = {}) =>
    withQuery(`/groups/${encodeURIComponent(botId)}/${encodeURIComponent(groupId)}`, {
      tab: query.tab,
      text: query.text,
      role: query.role,
      sort: query.sort,
      when: query.when,
      open: query.open,
      folder: query.folder,
    }),
  friends: (query: FriendsQuery = {}) =>
    withQuery("/friends", {
      list: query.list,
      bot: query.bot,
      category: query.category,
      label: query.label,
      text: query.text,
      sort: query.sort,
      open: query.open,
    }),
  chats: (query: ChatsQuery = {}) =>
    withQuery("/chats", {
      bot: query.bot,
      text: query.text,
      unread: query.unread,
      open: query.open,
      at: query.at,
    }),
  /** Leads on to the conversation with somebody or of a group. @param peerId the platform's own id. */
  chat: (botId: string, to: "person" | "group", peerId: string) =>
    `/chats/${encodeURIComponent(botId)}/${to}/${encodeURIComponent(peerId)}`,
  /** @param personId the platform's own id. */
  person: (platform: string, personId: string) =>
    `/people/${encodeURIComponent(platform)}/${encodeURIComponent(personId)}`,
  bots: () => "/bots",
  newBot: () => "/bots/new",
  bot: (id: string) => `/bots/${encodeURIComponent(id)}`,
  audit: (query: AuditQuery = {}) =>
    withQuery("/audit", {
      actor: query.actor,
      action: query.action,
      outcome: query.outcome,
      bot: query.bot,
      group: query.group,
      person: query.person,
      risk: query.risk,
      from: query.from,
      to: query.to,
      text: query.text,
      tail: query.tail,
      open: query.open,
    }),
  /** With a platform instead of a bot: its catalogue as documentation. */
  console: (query: { bot?: string | null; platform?: string | null; op?: string | null } = {}) =>
    withQuery("/console", { bot: query.bot, platform: query.platform, op: query.op }),
  settings: () => "/settings",
  operators: () => "/operators",
  account: () => "/account",
} as const;

/** Addresses of the server that a form posts to, other than the API's. */
export const apiPaths = { exportAudit: "/api/export/audit", exportMembers: "/api/export/members" } as const;

/** Accepts only a path of this site as the place to go after sign-in: anything else would be an open redirect. */
export function safeNext(value: string | null | undefined): string {
  return value && /^\/(?![/\\])/.test(value) ? value : href.home();
}
