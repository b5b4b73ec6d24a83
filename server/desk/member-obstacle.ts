import type { MemberRole } from "@/lib/member";
import type { MemberObstacle } from "@/lib/task";
import type { MemberRow } from "./member";
import type { MemberAct } from "./member-act";

/** Our own place in the group. */
interface Own {
  ownRole: MemberRole;
  ownId: string | null;
}

type Known = Pick<MemberRow, "userId" | "role" | "isMuted" | "card" | "title">;

/**
 * Why an act on a member certainly comes to nothing, by what the desk knows. What is not told stands in nobody's way: the
 * platform decides.
 * @param member null: not in the group.
 */
export function obstacleTo(act: MemberAct, { ownRole, ownId }: Own, member: Known | null): MemberObstacle | null {
  if (member === null) return "not_member";
  const isSelf = member.userId === ownId;
  switch (act.verb) {
    case "kick":
    case "mute":
    case "unmute":
      if (isSelf) return "self";
      if (act.verb === "unmute" && member.isMuted === false) return "not_muted";
      return rankObstacle(ownRole, member.role);
    case "promote":
    case "demote":
      if (isSelf) return "self";
      if (member.role === "owner") return "owner";
      if (act.verb === "promote" && member.role === "admin") return "is_admin";
      if (act.verb === "demote" && member.role === "member") return "not_admin";
      return ownRole === "admin" || ownRole === "member" ? "own_role" : null;
    case "card":
      if (member.card === act.card) return "same";
      return isSelf ? null : rankObstacle(ownRole, member.role);
    case "title":
      if (member.title === act.title) return "same";
      return ownRole === "admin" || ownRole === "member" ? "own_role" : null;
  }
}

/** Nobody acts on whoever stands as high as they do. */
function rankObstacle(own: MemberRole, other: MemberRole): MemberObstacle | null {
  if (own === "member") return "own_role";
  if (other === "owner") return "owner";
  return other === "admin" && own === "admin" ? "admin" : null;
}
