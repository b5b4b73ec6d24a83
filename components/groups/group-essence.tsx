"use client";

import { Button } from "@mantine/core";
import { IconStar, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { GroupRow, Highlight } from "../api";
import { Initials } from "../initials";
import { EmptyState, Section } from "../page";
import { RelativeTime } from "../relative-time";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import { useAct } from "../use-act";
import { GroupPart } from "./group-part";
import classes from "./groups.module.css";
import { usePiecesText } from "./pieces";

/** The highlighted messages of a group, as the platform lists them now. */
export function GroupEssence({ group, mayRemove }: { group: GroupRow; mayRemove: boolean }) {
  const t = useTranslations("groups.essence");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const support = useSupport(group.bot.id);
  const at = { botId: group.bot.id, groupId: group.groupId };
  const list = useQuery(trpc.groups.essence.queryOptions(at, { staleTime: 0 }));
  const remove = useAct(
    trpc.groups.removeEssence.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.groups.essence.queryFilter(at)),
    }),
    { done: () => t("removed") },
  );
  const canRemove = mayRemove && support("essence.remove") === "on";
  return (
    <GroupPart
      list={list}
      empty={
        <EmptyState icon={<IconStar size={22} stroke={1.6} />} title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      }
    >
      {(highlights) => (
        <Section title={t("title")}>
          <ul className={classes.rows}>
            {highlights.map((highlight, index) => (
              <li key={highlight.messageId ?? index} className={classes.line}>
                <Words highlight={highlight} />
                {canRemove && highlight.messageId !== null && (
                  <Button
                    size="xs"
                    leftSection={<IconTrash size={14} />}
                    disabled={remove.isRunning}
                    onClick={() => void remove.run({ ...at, messageId: highlight.messageId ?? "" })}
                  >
                    {t("remove")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </GroupPart>
  );
}

function Words({ highlight }: { highlight: Highlight }) {
  const t = useTranslations("groups.essence");
  const textOf = usePiecesText();
  const sender = highlight.senderName || highlight.senderId || t("somebody");
  return (
    <>
      <Initials id={highlight.senderId ?? "0"} name={sender} size={30} />
      <span className={classes.names}>
        <span className={classes.lineName}>{sender}</span>
        <span className={classes.words}>{textOf(highlight.pieces) || t("wordless")}</span>
        {highlight.at && (
          <span className={classes.small}>
            {t.rich("by", {
              who: highlight.operatorName || highlight.operatorId || t("somebody"),
              time: () => highlight.at && <RelativeTime at={highlight.at} />,
            })}
          </span>
        )}
      </span>
    </>
  );
}
