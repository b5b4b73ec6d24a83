"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconPlus, IconSpeakerphone, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { NoticeRow } from "../api";
import { FailurePanel } from "../failure-panel";
import { EmptyState } from "../page";
import { RelativeTime } from "../relative-time";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import classes from "./notices.module.css";

/** Both load when they are asked for. */
const NewNotice = dynamic(() => import("./new-notice").then((module) => module.NewNotice));
const RemoveNotice = dynamic(() => import("./remove-notice").then((module) => module.RemoveNotice));

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
  const may = list.data?.mayManage === true;
  const canPublish = may && support("notices.publish") === "on";
  const canRemove = may && support("notices.remove") === "on";
  const publish = (
    <Button variant="filled" leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setWriting(true)}>
      {t("new")}
    </Button>
  );
  return (
    <section className={classes.board} aria-label={t("title")}>
      {list.isPending && <Skeleton height={180} radius={10} role="status" aria-label={common("loading")} />}
      {list.isError && (
        <FailurePanel error={list.error}>
          <Button onClick={() => list.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {list.data?.items.length === 0 && (
        <EmptyState
          icon={<IconSpeakerphone size={22} stroke={1.6} />}
          title={t("empty")}
          action={canPublish ? publish : undefined}
        >
          {canPublish ? t("emptyText") : undefined}
        </EmptyState>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          {canPublish && <div className={classes.head}>{publish}</div>}
          <ul className={classes.rows}>
            {list.data.items.map((notice, index) => (
              <One
                key={notice.id ?? index}
                notice={notice}
                onRemove={canRemove ? (id) => setRemoving({ id, text: notice.text }) : null}
              />
            ))}
          </ul>
        </>
      )}
      {isWriting && list.data && <NewNotice at={at} takes={list.data.takes} onClose={() => setWriting(false)} />}
      {removing && <RemoveNotice at={at} notice={removing} onClose={() => setRemoving(null)} />}
    </section>
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
