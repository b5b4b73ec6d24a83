"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { href } from "@/lib/href";
import type { FriendDetail } from "../api";
import { Avatar } from "../avatar";
import { ChatLink } from "../chat-link";
import { CopyField } from "../copy-field";
import { Drawer } from "../drawer";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { Noted } from "../people/flag-mark";
import { PastRequest } from "../requests/history";
import past from "../requests/history.module.css";
import { PlatformLabel } from "../requests/platform-label";
import { useCan } from "../shell/access";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import { FriendActs } from "./friend-acts";
import classes from "./friend-drawer.module.css";
import { Profile } from "./friend-profile";

interface FriendDrawerProps {
  botId: string;
  userId: string;
  onClose: () => void;
}

/** One friend of one bot: what is known, what the platform tells now, what happened here, and what can be done. */
export function FriendDrawer({ botId, userId, onClose }: FriendDrawerProps) {
  const t = useTranslations("friends");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const friend = useQuery(trpc.friends.get.queryOptions({ botId, userId }, { retry: false }));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={t("friend")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {friend.isPending && <Skeleton height={320} role="status" aria-label={common("loading")} />}
      {friend.isError && <FailurePanel error={friend.error} />}
      {friend.data && <Loaded friend={friend.data} onClose={onClose} />}
    </Drawer>
  );
}

function Loaded({ friend, onClose }: { friend: FriendDetail; onClose: () => void }) {
  const t = useTranslations("friends");
  const { bot, userId } = friend;
  return (
    <div className={classes.friend}>
      <div className={classes.head}>
        <Avatar id={userId} name={friend.name} src={friend.avatar} size={44} />
        <div className={classes.who}>
          <h3 className={classes.name}>{friend.remark || friend.name || userId}</h3>
          <CopyField label={t("column.id")} value={userId} />
        </div>
      </div>
      <div className={classes.links}>
        <Link href={href.person(bot.platform, userId)}>
          <IconExternalLink size={14} aria-hidden="true" /> {t("person")}
        </Link>
        <ChatLink botId={bot.id} to="person" peerId={userId} />
      </div>
      <FriendActs friend={friend} onGone={onClose} />
      <dl className={classes.facts}>
        <Fact name={t("column.bot")}>
          <Link href={href.bot(bot.id)}>{bot.name}</Link> · <PlatformLabel platform={bot.platform} />
        </Fact>
        {friend.remark && friend.name && <Fact name={t("ownName")}>{friend.name}</Fact>}
        {friend.categoryName && <Fact name={t("column.category")}>{friend.categoryName}</Fact>}
        {friend.signature && <Fact name={t("signature")}>{friend.signature}</Fact>}
        {friend.isOnline !== null && (
          <Fact name={t("column.online")}>{friend.isOnline ? t("online") : t("offline")}</Fact>
        )}
      </dl>
      <Profile friend={friend} />
      <Groups friend={friend} />
      <Known friend={friend} />
    </div>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The groups that both are in, where the platform tells. */
function Groups({ friend }: { friend: FriendDetail }) {
  const t = useTranslations("friends");
  const trpc = useTRPC();
  const { bot, userId } = friend;
  const isOffered = useSupport(bot.id)("people.groups") === "on";
  const canSee = useCan("groups.view");
  const groups = useQuery(
    trpc.friends.groups.queryOptions({ botId: bot.id, userId }, { enabled: isOffered && canSee, retry: false }),
  );
  if (!groups.data || groups.data.length === 0) return null;
  return (
    <section aria-label={t("groups")}>
      <h4 className={classes.sub}>{t("groups")}</h4>
      <ul className={classes.plain}>
        {groups.data.map(({ id, name }) => (
          <li key={id}>
            <Link href={href.group(bot.id, id)}>{name || id}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const shownRequests = 5;

/** What this desk knows of them: marks, notes, and what they asked before. */
function Known({ friend }: { friend: FriendDetail }) {
  const t = useTranslations("friends");
  const trpc = useTRPC();
  const { bot, userId } = friend;
  const person = useQuery(trpc.people.get.queryOptions({ platform: bot.platform, personId: userId }));
  if (person.isPending) return <Skeleton height={72} />;
  if (!person.data) return null;
  const { flags, notes, requests } = person.data;
  const noted = { flags: [...new Set(flags.map(({ flag }) => flag))], notes: notes.length };
  const items = requests?.items.slice(0, shownRequests) ?? [];
  return (
    <section aria-label={t("here")}>
      <h4 className={classes.sub}>{t("here")}</h4>
      <Noted noted={noted} />
      {items.length > 0 ? (
        <ul className={past.list}>
          {items.map((request) => (
            <li key={request.requestId}>
              <PastRequest past={request} to={href.requests({ state: "all", open: request.requestId })} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.quiet}>{t("hereNone")}</p>
      )}
      {requests && requests.count > items.length && (
        <Button component={Link} href={href.person(bot.platform, userId)} variant="subtle" mt={6}>
          {t("hereAll", { count: requests.count })}
        </Button>
      )}
    </section>
  );
}
