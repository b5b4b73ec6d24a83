"use client";

import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { href } from "@/lib/href";
import type { Platform } from "@/lib/platform";
import { type RequestState, requestStates } from "@/lib/request";
import type { TaskVerb } from "@/lib/task";
import { Avatar } from "../avatar";
import { ChatLink } from "../chat-link";
import { Drawer } from "../drawer";
import { FailurePanel } from "../failure-panel";
import { Json } from "../json";
import Link from "../link";
import { Noted } from "../people/flag-mark";
import { ExactTime, RelativeTime } from "../relative-time";
import { useTRPC } from "../trpc";
import { ActIcon } from "./act-icon";
import { nameOf, verbsFor } from "./acts";
import { Role } from "./columns";
import classes from "./members.module.css";
import { MuteLeft } from "./mute-left";
import type { Target } from "./use-member-act";

interface MemberDrawerProps {
  group: { botId: string; groupId: string };
  platform: Platform;
  userId: string;
  ownId: string | null;
  verbs: readonly TaskVerb[];
  onAct: (verb: TaskVerb, person: Target) => void;
  onClose: () => void;
}

/** One member: everything known of them here, what they asked for, and what can be done. */
export function MemberDrawer({ group, platform, userId, ownId, verbs, onAct, onClose }: MemberDrawerProps) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const label = useTranslations("vocabulary");
  const trpc = useTRPC();
  const found = useQuery(trpc.members.get.queryOptions({ ...group, userId }));
  // Marks and notes of the team; where there are none, or they are not the reader's to see, nothing is drawn.
  const person = useQuery(trpc.people.get.queryOptions({ platform, personId: userId }, { retry: false })).data;
  const member = found.data?.member ?? null;
  const name = member ? nameOf(member) : userId;
  const able = member ? verbsFor({ ...member, isGone: false }, verbs, ownId) : [];
  return (
    <Drawer opened onClose={onClose} title={t("drawer")} size="md" closeButtonProps={{ "aria-label": common("close") }}>
      {found.isPending && <Skeleton height={320} />}
      {found.isError && <FailurePanel error={found.error} />}
      {found.data && (
        <div className={classes.profile}>
          <div className={classes.head}>
            <Avatar id={userId} name={name} src={member?.avatar} size={44} />
            <div>
              <h3 className={classes.taskTitle}>{name}</h3>
              <span className={classes.small}>
                {member?.card && member.name !== member.card ? `${member.name} · ${userId}` : userId}
              </span>
            </div>
            {member && <Role role={member.role} />}
            {person && (
              <Noted
                noted={{ flags: [...new Set(person.flags.map(({ flag }) => flag))], notes: person.notes.length }}
              />
            )}
          </div>
          {!member && <p className={classes.bad}>{t("gone")}</p>}
          {able.length > 0 && (
            <div className={classes.taskActs}>
              {able.map((verb) => (
                <Button key={verb} leftSection={<ActIcon verb={verb} />} onClick={() => onAct(verb, { userId, name })}>
                  {t(`verb.${verb}`)}
                </Button>
              ))}
            </div>
          )}
          <dl className={classes.facts}>
            {member?.isMuted && (
              <Fact name={t("column.muted")}>
                <MuteLeft until={member.mutedUntil} />
              </Fact>
            )}
            {member?.title && <Fact name={t("column.title")}>{member.title}</Fact>}
            {member?.level != null && <Fact name={t("column.level")}>{member.level}</Fact>}
            {member?.joinedAt && (
              <Fact name={t("column.joined")}>
                <ExactTime at={member.joinedAt} />
              </Fact>
            )}
            {member?.lastSpokeAt && (
              <Fact name={t("column.spoke")}>
                <ExactTime at={member.lastSpokeAt} />
              </Fact>
            )}
            {found.data.person?.signature && <Fact name={t("signature")}>{found.data.person.signature}</Fact>}
          </dl>
          <div className={classes.links}>
            <Link href={href.person(platform, userId)}>{t("personPage")}</Link>
            <ChatLink botId={group.botId} to="person" peerId={userId} />
          </div>
          {found.data.requests.length > 0 && (
            <section aria-label={t("requests")}>
              <h4 className={classes.subtitle}>{t("requests")}</h4>
              <ul className={classes.items}>
                {found.data.requests.map((request) => (
                  <li key={request.id} className={classes.item}>
                    <span className={classes.itemWho}>
                      <Link href={href.requests({ state: "all", open: request.id })}>
                        {request.message || t("noMessage")}
                      </Link>
                      <span className={classes.small}>
                        <RelativeTime at={request.arrivedAt} />
                      </span>
                    </span>
                    <span className={classes.small}>{stateOf(request.state, label)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {found.data.raw !== null && (
            <section>
              <h4 className={classes.subtitle}>{t("raw")}</h4>
              <Json label={t("raw")} value={found.data.raw} />
            </section>
          )}
        </div>
      )}
    </Drawer>
  );
}

function stateOf(state: string, label: ReturnType<typeof useTranslations<"vocabulary">>): string {
  const known = requestStates.find((name: RequestState) => name === state);
  return known ? label(`state.${known}.label`, { verb: "other" }) : state;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
