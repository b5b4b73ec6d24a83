"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMessage, IconMessageOff, IconQrcode, IconUserPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { GroupDetail, GroupRow } from "../api";
import { Avatar } from "../avatar";
import { ChatLink } from "../chat-link";
import Link from "../link";
import { Section } from "../page";
import type { CapabilityName, SupportState } from "../support";
import { EndGroup } from "./end-group";
import { MemberCount } from "./group-columns";
import { RoleLabel } from "./group-role";
import classes from "./groups.module.css";
import { Settings } from "./settings";

const GroupLink = dynamic(() => import("./group-link").then((module) => module.GroupLink), { ssr: false });
const InvitePeople = dynamic(() => import("./invite-people").then((module) => module.InvitePeople), { ssr: false });

export interface GroupPartProps {
  group: GroupRow;
  detail: GroupDetail;
  support: (capability: CapabilityName) => SupportState;
}

/** What is known of a group, and what may be set. */
export function Summary({ group, detail, support }: GroupPartProps) {
  const t = useTranslations("groups");
  const common = useTranslations("common");
  const [isLinkShown, link] = useDisclosure(false);
  const [isInviting, inviting] = useDisclosure(false);
  const { bot, groupId, waiting } = group;
  return (
    <>
      <section className={classes.summary} aria-label={t("tab.summary")}>
        <Avatar id={groupId} name={group.name || groupId} src={group.avatar} size={56} />
        <dl className={classes.facts}>
          <Fact name={t("column.members")}>
            <MemberCount count={group.memberCount} limit={group.memberLimit} />
          </Fact>
          <Fact name={t("column.role")}>
            <RoleLabel role={group.ownRole} />
          </Fact>
          {group.ownerId && (
            <Fact name={t("owner")}>
              <Link href={href.person(bot.platform, group.ownerId)}>{detail.ownerName ?? group.ownerId}</Link>
            </Fact>
          )}
          {waiting !== null && (
            <Fact name={t("column.waiting")}>
              <Link href={href.requests({ bot: bot.id, group: groupId })}>{t("waiting", { count: waiting })}</Link>
            </Fact>
          )}
          {group.isMuted && (
            <Fact name={t("muting")}>
              <span className={classes.muted}>
                <IconMessageOff size={14} stroke={1.8} aria-hidden="true" />
                {t("mutedAll")}
              </span>
            </Fact>
          )}
        </dl>
        <Button
          component={ChatLink}
          {...{ botId: bot.id, to: "group" as const, peerId: groupId }}
          size="sm"
          leftSection={<IconMessage size={16} stroke={1.8} />}
        >
          {common("conversation")}
        </Button>
        {detail.may.invite && support("groups.invite") === "on" && (
          <Button size="sm" leftSection={<IconUserPlus size={16} stroke={1.8} />} onClick={inviting.open}>
            {t("invite.open")}
          </Button>
        )}
        {support("groups.link") === "on" && (
          <Button size="sm" leftSection={<IconQrcode size={16} stroke={1.8} />} onClick={link.open}>
            {t("link.open")}
          </Button>
        )}
        {group.intro && <p className={classes.intro}>{group.intro}</p>}
      </section>
      <Settings group={group} detail={detail} support={support} />
      <EndGroup group={group} detail={detail} support={support} />
      {isInviting && <InvitePeople group={group} onClose={inviting.close} />}
      {isLinkShown && <GroupLink group={group} onClose={link.close} />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The block that holds a group's settings when there is nothing to set. */
export function NothingToSet({ text }: { text: string }) {
  const t = useTranslations("groups.settings");
  return (
    <Section title={t("title")}>
      <p className={classes.note}>{text}</p>
    </Section>
  );
}
