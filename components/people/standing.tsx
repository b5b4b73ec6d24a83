"use client";

import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { PersonDetail } from "../api";
import Link from "../link";
import { Section } from "../page";
import { MinuteTime, RelativeTime } from "../relative-time";
import classes from "./person-page.module.css";

type FriendOf = NonNullable<PersonDetail["friends"]>[number];
type MemberOf = NonNullable<PersonDetail["members"]>["items"][number];

/** Where they are a friend, and in which groups that a bot is in, too. Only lists that were read can tell. */
export function Standing({ person }: { person: PersonDetail }) {
  const t = useTranslations("people");
  const { friends, members, personId } = person;
  if (!friends && !members) return null;
  const isNowhere = !friends?.length && !members?.items.length;
  return (
    <Section title={t("known")} description={t("knownText")}>
      {isNowhere && <p className={classes.none}>{t("knownNone")}</p>}
      {friends && friends.length > 0 && (
        <>
          <h3 className={classes.sub}>{t("friendOf")}</h3>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t("column.bot")}</th>
                <th scope="col">{t("column.called")}</th>
                <th scope="col">{t("column.more")}</th>
              </tr>
            </thead>
            <tbody>
              {friends.map((friend) => (
                <FriendLine key={friend.bot.id} friend={friend} personId={personId} />
              ))}
            </tbody>
          </table>
        </>
      )}
      {members && members.items.length > 0 && (
        <>
          <h3 className={classes.sub}>{t("memberOf", { count: members.count })}</h3>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t("column.group")}</th>
                <th scope="col">{t("column.called")}</th>
                <th scope="col">{t("column.more")}</th>
              </tr>
            </thead>
            <tbody>
              {members.items.map((member) => (
                <MemberLine key={`${member.bot.id}/${member.groupId}`} member={member} personId={personId} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </Section>
  );
}

function FriendLine({ friend, personId }: { friend: FriendOf; personId: string }) {
  const t = useTranslations("people");
  return (
    <tr>
      <td>
        <Link href={href.friends({ bot: friend.bot.id, open: `${friend.bot.id}/${personId}` })}>{friend.bot.name}</Link>
      </td>
      <td>
        {friend.remark || friend.name}
        {friend.remark && friend.name && <small>{friend.name}</small>}
      </td>
      <td>
        <span className={classes.facts}>
          {friend.categoryName && <span>{friend.categoryName}</span>}
          {friend.label && <span>{friend.label}</span>}
          {friend.isOnline !== null && <span>{friend.isOnline ? t("online") : t("offline")}</span>}
        </span>
      </td>
    </tr>
  );
}

const roles = ["owner", "admin", "member"] as const;

function MemberLine({ member, personId }: { member: MemberOf; personId: string }) {
  const t = useTranslations("people");
  const role = roles.find((name) => name === member.role);
  return (
    <tr>
      <td>
        <Link href={href.group(member.bot.id, member.groupId, { tab: "members", open: personId })}>
          {member.groupName || member.groupId}
        </Link>
        <small>{member.bot.name}</small>
      </td>
      <td>
        {member.card || member.name}
        {member.card && member.name && <small>{member.name}</small>}
      </td>
      <td>
        <span className={classes.facts}>
          {role && <span>{t(`role.${role}`)}</span>}
          {member.title && <span>{member.title}</span>}
          {member.level !== null && <span>{t("level", { level: member.level })}</span>}
          {member.isMuted && (
            <span>
              {member.mutedUntil
                ? t.rich("mutedUntil", { time: () => <MinuteTime at={member.mutedUntil ?? new Date()} /> })
                : t("muted")}
            </span>
          )}
        </span>
        <small>
          {member.joinedAt && t.rich("joined", { time: () => <RelativeTime at={member.joinedAt ?? new Date()} /> })}
          {member.joinedAt && member.lastSpokeAt && " · "}
          {member.lastSpokeAt &&
            t.rich("spoke", { time: () => <RelativeTime at={member.lastSpokeAt ?? new Date()} /> })}
        </small>
      </td>
    </tr>
  );
}
