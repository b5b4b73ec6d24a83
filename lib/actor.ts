import type { Permission } from "./permissions";

/** A role on a scope, resolved to permission names. `botId` null is the whole desk. */
export interface ActorGrant {
  roleId: string;
  botId: string | null;
  permissions: readonly Permission[];
}

/**
 * Who acts, as the core sees it: explicit, never taken from a session behind its back.
 * `visitor` is somebody not signed in, `system` the desk itself (polling, reconciling).
 */
export interface Actor {
  kind: "operator" | "visitor" | "system";
  id: string | null;
  name: string;
  /** The role shown in the record: the strongest grant. */
  role: string | null;
  sessionId: string | null;
  address: string | null;
  userAgent: string | null;
  grants: readonly ActorGrant[];
}

/** The desk acting by itself. It passes no permission check: its callers are in the code, not on the wire. */
export const systemActor: Actor = {
  kind: "system",
  id: null,
  name: "Gatehouse",
  role: null,
  sessionId: null,
  address: null,
  userAgent: null,
  grants: [],
};

/** May `actor` use `permission` on this bot (null: on the whole desk)? */
export function can(actor: Pick<Actor, "kind" | "grants">, permission: Permission, botId: string | null): boolean {
  if (actor.kind === "system") return true;
  return actor.grants.some(
    (grant) => (grant.botId === null || grant.botId === botId) && grant.permissions.includes(permission),
  );
}

/** Does `actor` hold `permission` anywhere at all? Used before the scope is known; data is then filtered by `botsWith`. */
export function canSomewhere(actor: Actor, permission: Permission): boolean {
  return actor.kind === "system" || actor.grants.some((grant) => grant.permissions.includes(permission));
}

/** The bots on which `actor` holds `permission`: `"all"`, or their ids (possibly none). */
export function botsWith(actor: Actor, permission: Permission): "all" | string[] {
  if (can(actor, permission, null)) return "all";
  const ids = actor.grants.filter((g) => g.permissions.includes(permission)).flatMap((g) => g.botId ?? []);
  return [...new Set(ids)];
}
