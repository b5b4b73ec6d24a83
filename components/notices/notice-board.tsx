"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconPlus, IconSpeakerphone, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { NoticeRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { useKeptFocus } from "../kept-focus";
import { EmptyState } from "../page";
import { RelativeTime } from "../relative-time";
import { useCanOn } from "../shell/access";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import classes from "./notices.module.css";

/** Both load when they are asked for. */
const NewNotice = dynamic(() => import("./new-notice").then((module) => module.NewNotice), { ssr: false });
const RemoveNotice = dynamic(() => import("./remove-notice").then((module) => module.RemoveNotice), { ssr: false });

/** The notices of a group, as the platform lists them now. */
export function NoticeBoard({ botId, groupId }: { botId: string; groupId: string }) {
  const t = useTranslations("notices");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const support = useSupport(botId);
  const at = { botId, groupId };
  const list = useQuery(trpc.notices.list.queryOptions(at, { staleTime: 10_000 }));
  const [isWriting, setWriting] = useState(false);
  const [removing, setRemoving] = useState<{ id: string; text: string } | null>(null);
  const focus = useKeptFocus<HTMLElement>(isWriting || removing !== null);
  const may = useCanOn(botId)("notices.manage");
  const canPublish = may && support("notices.publish") === "on";
  const canRemove = may && support("notices.remove") === "on";
  return (
    <section {...focus} className={classes.board} aria-label={t("title")}>
      {canPublish && (
        <div className={classes.head}>
          <Button
            variant="filled"
            leftSection={<IconPlus size={16} stroke={1.8} />}
            disabled={!list.data}
            onClick={() => setWriting(true)}
          >
            {t("new")}
          </Button>
        </div>
      )}
      {list.isPending && <Loading />}
      {list.isError && (
        <FailurePanel error={list.error}>
          <Button onClick={() => list.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {list.data?.items.length === 0 && (
        <EmptyState icon={<IconSpeakerphone size={22} stroke={1.6} />} title={t("empty")}>
          {canPublish ? t("emptyText") : undefined}
        </EmptyState>
      )}
      {list.data && list.data.items.length > 0 && (
        <ul className={classes.rows}>
          {list.data.items.map((notice, index) => (
            <One
              key={notice.id ?? index}
              notice={notice}
              onRemove={canRemove ? (id) => setRemoving({ id, text: notice.text }) : null}
            />
          ))}
        </ul>
      )}
      {isWriting && list.data && <NewNotice at={at} takes={list.data.takes} onClose={() => setWriting(false)} />}
      {removing && <RemoveNotice at={at} notice={removing} onClose={() => setRemoving(null)} />}
    </section>
  );
}

function Loading() {
  const common = useTranslations("common");
  return (
    <div className={classes.rows} role="status" aria-label={common("loading")}>
      {[0, 1].map((row) => (
        <div key={row} className={classes.row}>
          <div className={classes.about}>
            <Skeleton width="62%" height={14} />
            <Skeleton width="24%" height={10} mt={4} />
          </div>
        </div>
      ))}
    </div>
  );
}

function One({ notice, onRemove }: { notice: NoticeRow; onRemove: ((id: string) => void) | null }) {
  const t = useTranslations("notices");
  const { id, text, at } = notice;
  const author = notice.authorName ?? notice.authorId;
  return (
    <li className={classes.row}>
      <div className={classes.about}>
        <p className={classes.text}>{text || t("wordless")}</p>
        <span className={classes.small}>
          {author && <span>{author}</span>}
          {at && <RelativeTime at={at} />}
        </span>
      </div>
      {onRemove && id !== null && (
        <Button size="xs" leftSection={<IconTrash size={14} />} onClick={() => onRemove(id)}>
          {t("remove.act")}
        </Button>
      )}
    </li>
  );
}
